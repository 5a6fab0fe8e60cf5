using Microsoft.Win32.SafeHandles;

namespace RecordingCluster.Silo.Vault;

/// <summary>Reads of a part's file.</summary>
/// <remarks>What a disk no longer gives back is damage like any other: it is no reason to stop before other parts, or before this one's erasure.</remarks>
internal static class PartFile
{
    /// <summary>Beside whoever writes it, and whoever deletes it.</summary>
    public static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <returns>How many bytes there were.</returns>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">DataLoss: the disk does not give them back.</exception>
    public static int Read(SafeFileHandle file, Span<byte> bytes, long at, string name)
    {
        try
        {
            return RandomAccess.Read(file, bytes, at);
        }
        catch (IOException fault)
        {
            throw VaultError.Unreadable(name, at, fault);
        }
    }
}
