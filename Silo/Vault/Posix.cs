using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RecordingCluster.Silo.Vault;

/// <summary>What .NET has no word for: a new, renamed or removed name is durable only once its folder is flushed, and of two who take a name at once one gets it.</summary>
internal static partial class Posix
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY, Linux
    private const int Exists = 17; // EEXIST, Linux

    /// <summary>Gives a file a second name. File.Move without overwriting looks first and renames then: of two at once both win.</summary>
    /// <returns>False when something has that name already.</returns>
    public static bool TryLink(string file, string name)
    {
        if (Link(file, name) == 0)
        {
            return true;
        }

        var fault = Marshal.GetLastPInvokeError();
        return fault == Exists ? false : throw new IOException($"Cannot give {file} the name {name}.", new Win32Exception(fault));
    }

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

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string file, string name);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
