using System.Runtime.InteropServices;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Vault;

/// <summary>Keeps what is in this process's memory out of files: core dumps, and swap where the system allows it.</summary>
internal static partial class ProcessMemory
{
    private const int SetDumpable = 4; // PR_SET_DUMPABLE
    private const int GetDumpable = 3; // PR_GET_DUMPABLE
    private const int CoreLimit = 4; // RLIMIT_CORE

    /// <summary>
    /// Turns core dumps off for good. The limit alone is not enough: where dumps are piped into a collector, the kernel
    /// passes them on whatever the limit says. A process that is not dumpable is never dumped, nor read by another of the same
    /// user, .NET's own createdump included; the price is that no debugger can be attached, which on a machine that
    /// holds keys is no loss. Its children (ffmpeg) are as they were, since they start anew.
    /// </summary>
    /// <exception cref="RecordingClusterException">InvalidInput: .NET was told to write dumps.</exception>
    public static void ForbidDumps()
    {
        // Root could still trace it, and the runtime has read this before us.
        foreach (var variable in new[] { "DOTNET_DbgEnableMiniDump", "COMPlus_DbgEnableMiniDump" })
        {
            if (Environment.GetEnvironmentVariable(variable) is not (null or "" or "0"))
            {
                throw RecordingClusterException.Invalid(variable, "makes .NET write the memory, and the keys in it, into a file.", "Unset it.");
            }
        }

        var none = new Limit();
        if (SetLimit(CoreLimit, in none) != 0 || Control(SetDumpable, 0, 0, 0, 0) != 0 || Control(GetDumpable, 0, 0, 0, 0) != 0)
        {
            throw new RecordingClusterException(ErrorKind.Unavailable, $"Core dumps cannot be turned off (error {Marshal.GetLastPInvokeError()}). Run on Linux without a filter on prctl and setrlimit.");
        }
    }

    /// <summary>Keeps pinned bytes out of swap. False where the system allows no more (RLIMIT_MEMLOCK); it is a precaution, so nobody need stop.</summary>
    public static bool TryLock(byte[] pinned) => LockPages(Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0), (nuint)pinned.Length) == 0;

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "mlock", SetLastError = true)]
    private static partial int LockPages(nint address, nuint length);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        public readonly nuint Soft;
        public readonly nuint Hard;
    }
}
