using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Vault;

/// <summary>A secret that the system gives to the silo and keeps from the disk: systemd's credential <c>sealing</c>.</summary>
/// <remarks>
/// It cannot be the sealing key itself, which must change with each erasure while a credential stays. So it wraps the
/// sealing key of each generation. What that gains: key folder and vault copied together, from a stolen disk or a careless
/// backup, open nothing without the machine's credential (with <c>systemd-creds encrypt --with-key=tpm2</c>, without the machine's
/// TPM). Erasure works as without: the sealing key of the older generation is destroyed. What it does not gain: who has
/// the credential and an old copy of the key folder opens what was not erased when it was copied.
/// </remarks>
internal static class SealingCredential
{
    private const string Folder = "CREDENTIALS_DIRECTORY"; // set by systemd
    private const string Name = "sealing";
    private const string NameBefore = "sealing-before";
    private const int MostBytes = 4096;

    /// <summary>The credential, and the one before it while it is being replaced; none when the system gives none.</summary>
    /// <exception cref="RecordingClusterException">InvalidInput: it is there and is too short to be a secret.</exception>
    public static IReadOnlyList<SecretKey> Find() => Find(Environment.GetEnvironmentVariable(Folder));

    public static IReadOnlyList<SecretKey> Find(string? folder) => folder is null
        ? []
        : [.. new[] { Name, NameBefore }.Select(name => Path.Combine(folder, name)).Where(File.Exists).Select(Read)];

    private static SecretKey Read(string path)
    {
        var bytes = DurableFile.Read(path, MostBytes);
        try
        {
            return bytes is { Length: >= SecretKey.SizeInBytes }
                ? SecretKey.DerivedFrom(bytes, "recording-cluster sealing credential"u8)
                : throw RecordingClusterException.Invalid(
                    $"Credential {path}", $"must be {SecretKey.SizeInBytes} to {MostBytes} random bytes.", $"head -c 32 /dev/urandom | systemd-creds encrypt --name={Name} - /etc/credstore.encrypted/{Name}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
