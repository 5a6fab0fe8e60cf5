using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace RecordingCluster.Tests.Security;

/// <summary>Looks for secrets where none may be: those that are known in every form they may take, tokens and private keys also by their shape.</summary>
internal sealed partial class SecretSearch
{
    // Shorter ones would be found by chance.
    private const int Shortest = 8;

    private readonly Dictionary<string, (string Secret, byte[] Bytes)> known = [];
    private readonly List<string> found = [];

    /// <summary>What was found, and where; empty when all is well.</summary>
    public IReadOnlyList<string> Found => found;

    public void Know(string secret, string text)
    {
        Know(secret, Encoding.UTF8.GetBytes(text));
        Add(secret, "in an address", Encoding.UTF8.GetBytes(Uri.EscapeDataString(text)));
        Add(secret, "in JSON", Encoding.UTF8.GetBytes(JavaScriptEncoder.Default.Encode(text)));
    }

    public void Know(string secret, byte[] bytes)
    {
        Assert.True(bytes.Length >= Shortest, $"{secret} is too short to be looked for");
        Add(secret, "as it is", bytes);
        Add(secret, "in hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        Add(secret, "in hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));

        // Base64 of something within something else: without what its neighbours have a part in.
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]).TrimEnd('=');
            text = text[(shift == 0 ? 0 : 4)..^2];
            Add(secret, "in base64", Encoding.ASCII.GetBytes(text));
            Add(secret, "in base64", Encoding.ASCII.GetBytes(text.Replace('+', '-').Replace('/', '_')));
        }
    }

    /// <summary>A private key: its PEM text line by line, its DER, and the number itself.</summary>
    public void KnowKey(string secret, string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        Know(secret, key.ExportParameters(includePrivateParameters: true).D!);
        foreach (var line in pem.Split('\n').Where(line => line.Length >= 60 && !line.StartsWith('-')))
        {
            Add(secret, "in PEM", Encoding.ASCII.GetBytes(line));
        }
    }

    public void Look(string place, string text) => Look(place, Encoding.UTF8.GetBytes(text));

    public void Look(string place, byte[] content)
    {
        found.AddRange(known.Where(one => content.AsSpan().IndexOf(one.Value.Bytes) >= 0).Select(one => $"{place} holds {one.Value.Secret}, {one.Key.Split('|')[1]}"));
        var text = Encoding.Latin1.GetString(content);
        found.AddRange(Shapes().Matches(text).Select(match => $"{place} holds what looks like a token or a private key: {match.Value[..Math.Min(12, match.Length)]}…"));
    }

    private void Add(string secret, string form, byte[] bytes) => known[$"{secret}|{form}|{Convert.ToHexString(bytes)}"] = (secret, bytes);

    [GeneratedRegex(@"eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{40,}|-----BEGIN [A-Z ]*PRIVATE KEY-----")]
    private static partial Regex Shapes();
}
