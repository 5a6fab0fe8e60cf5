using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Security;

/// <summary>Pseudonyms of references: HMAC-SHA256 by a secret of the month, kept in the key folder beside the ring and in no backup.</summary>
/// <remarks>
/// Each month has a secret of its own, so that the pseudonyms of two months cannot be joined by who only reads them. A secret is
/// kept for <see cref="KeptMonths"/>, so that a case's lines can be found for its resident; then it is destroyed, and what was written
/// under it leads to nobody any more. Safe to use from several threads.
/// </remarks>
internal sealed class Pseudonyms : IPseudonyms, IDisposable
{
    public const string FileName = "pseudonyms";

    private const int KeptMonths = 24;
    private const int PseudonymBytes = 16; // 128 bits: never two alike by chance
    private const int MostBytes = 64 << 10; // 25 lines of 53 bytes, many times

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly SortedDictionary<DateOnly, SecretKey> secrets;

    public Pseudonyms(VaultOptions options, TimeProvider clock)
    {
        (path, this.clock) = (Path.Combine(options.KeyFolder, FileName), clock);
        secrets = File.Exists(path) ? Read(path) : [];
    }

    public string Of(string reference)
    {
        lock (gate)
        {
            var month = Month(clock.GetUtcNow());
            if (!secrets.ContainsKey(month))
            {
                Rotate(month);
            }

            return Make(month, secrets[month], reference);
        }
    }

    public IReadOnlyCollection<string> AllOf(string reference)
    {
        lock (gate)
        {
            return [.. secrets.Select(secret => Make(secret.Key, secret.Value, reference))];
        }
    }

    public void Dispose()
    {
        foreach (var secret in secrets.Values)
        {
            secret.Dispose();
        }
    }

    // The new secret is on disk before a pseudonym is made by it: after a crash it is the same one.
    private void Rotate(DateOnly month)
    {
        var fresh = SecretKey.NewRandom();
        var kept = secrets.Where(secret => secret.Key >= month.AddMonths(-KeptMonths)).Append(new(month, fresh)).ToList();
        DurableFile.MakeFolder(Path.GetDirectoryName(path)!);
        DurableFile.Replace(path, Encoding.ASCII.GetBytes(string.Concat(kept.Select(secret => $"{Text(secret.Key)} {Convert.ToBase64String(secret.Value.Bytes)}\n"))));
        foreach (var (old, secret) in secrets.Where(secret => secret.Key < month.AddMonths(-KeptMonths)).ToList())
        {
            secrets.Remove(old);
            secret.Dispose();
        }

        secrets[month] = fresh;
    }

    private static SortedDictionary<DateOnly, SecretKey> Read(string path)
    {
        var bytes = DurableFile.Read(path, MostBytes);
        try
        {
            var read = new SortedDictionary<DateOnly, SecretKey>();
            foreach (var line in Encoding.ASCII.GetString(bytes ?? []).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                read[DateOnly.ParseExact(line[..7], "yyyy-MM", CultureInfo.InvariantCulture)] = SecretKey.CopyOf(Convert.FromBase64String(line[8..]));
            }

            return read;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            throw new RecordingClusterException(
                ErrorKind.DataLoss, $"{path} holds no secrets of pseudonyms. Bring it back; or move it away, and what was written under its pseudonyms can no longer be found by a reference.", fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static string Make(DateOnly month, SecretKey secret, string reference)
    {
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.Bytes, Encoding.UTF8.GetBytes(reference), code);
        return $"{Text(month)}-{Convert.ToHexStringLower(code[..PseudonymBytes])}";
    }

    private static DateOnly Month(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1);

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
