using System.Runtime.InteropServices;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Silo.Trail;

/// <summary>The kernel's clock, by its own account (adjtimex): whichever time service steers it reports offset and error there.</summary>
internal sealed partial class KernelClock : IClockWitness
{
    private const int NotKept = 0x40;      // STA_UNSYNC
    private const int InNanoseconds = 0x2000; // STA_NANO

    public ClockReading Read()
    {
        var time = default(Timex); // modes 0: only reads, which anybody may
        var state = AdjTimeX(ref time);
        return state < 0 || (time.Status & NotKept) != 0
            ? new ClockReading("kernel clock, which no time service keeps", null, null)
            : new ClockReading(
                "kernel clock, kept by a time service",
                (time.Status & InNanoseconds) != 0 ? TimeSpan.FromTicks(time.Offset / TimeSpan.NanosecondsPerTick) : TimeSpan.FromMicroseconds(time.Offset),
                TimeSpan.FromMicroseconds(time.MostError));
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int AdjTimeX(ref Timex time);

    // struct timex of 64-bit Linux; the fields that are read here.
    [StructLayout(LayoutKind.Explicit, Size = 208)]
    private struct Timex
    {
        [FieldOffset(0)]
        public int Modes;

        [FieldOffset(8)]
        public long Offset;

        [FieldOffset(24)]
        public long MostError;

        [FieldOffset(40)]
        public int Status;
    }
}
