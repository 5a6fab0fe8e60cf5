using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Tests;

/// <summary>Feeds hostile bytes to a parser: it may refuse with an error of ours, and nothing else.</summary>
internal static class Fuzz
{
    // Enough to keep a parser honest at every run; FUZZ_INPUTS=1000000 is the long form.
    private const int InputsByDefault = 20_000;

    // No parser here may allocate more than this for an input of some kilobytes.
    private const long MostBytesAllocated = 8L << 20;

    private static int Inputs => int.TryParse(Environment.GetEnvironmentVariable("FUZZ_INPUTS"), out var inputs) ? inputs : InputsByDefault;

    /// <summary>Changes sound inputs at random places and gives them to <paramref name="parse"/>.</summary>
    public static void Run(IReadOnlyList<byte[]> sound, Action<byte[]> parse)
    {
        var random = new Mutator(seed: 20261124);
        for (var i = 0; i < Inputs; i++)
        {
            var input = random.Change(sound[i % sound.Count]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                parse(input);
            }
            catch (RecordingClusterException)
            {
                // Refused, as it should be.
            }
            catch (Exception fault)
            {
                Assert.Fail($"Input {i} ({Convert.ToHexString(input.AsSpan(0, Math.Min(64, input.Length)))}…) ended in {fault}");
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytesAllocated, $"Input {i} made the parser allocate {GC.GetAllocatedBytesForCurrentThread() - before} bytes.");
        }
    }

    // A small generator of our own, so that a failing input can be made again from its number (xorshift64*, Vigna 2016).
    internal sealed class Mutator(ulong seed)
    {
        private ulong state = seed;

        public byte[] Change(byte[] sound)
        {
            var input = (byte[])sound.Clone();
            for (var changes = Next(6); changes >= 0 && input.Length > 0; changes--)
            {
                var at = Next(input.Length);
                switch (Next(6))
                {
                    case 0: input[at] ^= (byte)(1 << Next(8)); break;
                    case 1: input[at] = (byte)Next(256); break;
                    case 2: input[at] = Next(2) == 0 ? (byte)0xff : (byte)0; break;
                    case 3: input = input[..at]; break;
                    case 4: input = [.. input[..at], .. input[Next(input.Length)..]]; break;
                    default: input.AsSpan(at, Math.Min(4, input.Length - at)).Fill(Next(2) == 0 ? (byte)0x7f : (byte)0xff); break;
                }
            }

            return input;
        }

        private int Next(int below)
        {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            return (int)((state * 0x2545F4914F6CDD1DUL >> 33) % (ulong)below);
        }
    }
}
