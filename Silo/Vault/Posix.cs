using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RecordingCluster.Silo.Vault;

/// <summary>What .NET has no word for: a new, renamed or removed name is durable only once its folder is flushed.</summary>
internal static partial class Posix
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY, Linux

    public static void FlushFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open folder {folder} to flush it.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }

        try
        {
            if (Flush(descriptor) != 0)
            {
                throw new IOException($"Cannot flush folder {folder}.", new Win32Exception(Marshal.GetLastPInvokeError()));
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
