using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RecordingCluster.Silo.Identity;

/// <summary>Secrets that are handed to people and browsers.</summary>
internal static class Secret
{
    private const int Bytes = 32;

    // 20 of 32 signs are 100 bits: typed once, and out of reach for whoever reads its digest in the database.
    private const int CodeLength = 20;
    private const int CodeGroup = 5;

    // Without I, L, O and U, which are read for others.
    private const string CodeSigns = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>256 bits, fit for an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A word that is read out or typed over, as XXXXX-XXXXX-XXXXX-XXXXX.</summary>
    public static string NewCode() => string.Join('-', RandomNumberGenerator.GetString(CodeSigns, CodeLength).Chunk(CodeGroup).Select(group => new string(group)));

    /// <summary>A code as it was given out, however it was typed.</summary>
    public static string Tidy(string? code) => new([.. (code ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);

    public static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
