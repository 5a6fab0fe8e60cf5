using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RecordingCluster.Silo.Vault;

/// <summary>What .NET has no word for: a new, renamed or removed name is durable only once its folder is flushed, and of two who take a name at once one gets it.</summary>
internal static partial class Posix
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY, Linux
    private const int Exists = 17; // EEXIST, Linux
    private const int SetPipeSize = 1031; // F_SETPIPE_SZ, Linux
    private const int KeepSize = 1; // FALLOC_FL_KEEP_SIZE, Linux

    // ENOSPC and EDQUOT; EOPNOTSUPP and ENOSYS, from file systems that cannot reserve; Linux.
    private static readonly int[] Full = [28, 122];
    private static readonly int[] CannotReserve = [95, 38];

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

    /// <summary>Takes room on the disk behind the bytes of a file, without making it longer; cutting the file to its length gives it back.</summary>
    /// <returns>False when there is not as much. True also where the file system cannot reserve: then the disk may still fill.</returns>
    public static bool TryReserve(SafeFileHandle file, long from, long bytes)
    {
        if (bytes <= 0 || Allocate(file, KeepSize, from, bytes) == 0)
        {
            return true;
        }

        var fault = Marshal.GetLastPInvokeError();
        return !Full.Contains(fault) && (CannotReserve.Contains(fault) ? true : throw new IOException("Cannot reserve room on the vault's disk.", new Win32Exception(fault)));
    }

    /// <summary>Whether a write failed because the disk is full: .NET gives such an error the number that Linux has for it.</summary>
    public static bool IsFull(IOException fault) => Full.Contains(fault.HResult);

    /// <summary>Lets a pipe hold more. False when the system does not; then it holds what it held.</summary>
    public static bool TryWiden(SafePipeHandle pipe, int bytes) => Control(pipe, SetPipeSize, bytes) >= 0;

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

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Allocate(SafeFileHandle file, int mode, long from, long bytes);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafePipeHandle pipe, int command, int argument);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
