using System.Security.Cryptography;

namespace RecordingCluster.Silo.Identity;

/// <summary>Lets one person enrol one key, once. Of the secret only a digest is kept.</summary>
internal sealed class OneTimeLink
{
    // Long enough to meet each other on a working day, short enough that a forgotten paper opens nothing next week.
    public static readonly TimeSpan Term = TimeSpan.FromHours(24);

    public required byte[] Digest { get; init; }

    /// <summary>
    /// Digest of the word that the proposer hands over, where the link itself came from the one who confirmed: neither
    /// of the two can enrol alone in the place of the person. Null for the links of the first start.
    /// </summary>
    public byte[]? CodeDigest { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public static OneTimeLink Of(string token, byte[]? codeDigest, DateTimeOffset now) => new() { Digest = Secret.Digest(token), CodeDigest = codeDigest, ExpiresAt = now + Term };

    public bool Opens(string? code, DateTimeOffset now) =>
        now < ExpiresAt && (CodeDigest is null || CryptographicOperations.FixedTimeEquals(CodeDigest, Secret.Digest(Secret.Tidy(code))));
}
