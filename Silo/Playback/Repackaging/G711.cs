namespace RecordingCluster.Silo.Playback.Repackaging;

/// <summary>The two laws by which telephones and cameras put a sample of sound into one byte (ITU-T G.711), undone: 16 bits for each.</summary>
internal static class G711
{
    private static readonly short[] ALaw = Table(OfALaw), MuLaw = Table(OfMuLaw);

    public static short[] TableOf(string codec) => codec == "alaw" ? ALaw : MuLaw;

    // Each value is its sign, three bits that say how far four others are shifted, and those four. A-law sends every other bit turned over.
    private static short OfALaw(byte sent)
    {
        var turned = sent ^ 0x55;
        var (shift, steps) = ((turned >> 4) & 7, ((turned & 0xf) << 4) + 8);
        var size = shift == 0 ? steps : (steps + 0x100) << (shift - 1);
        return (short)((turned & 0x80) != 0 ? size : -size);
    }

    // µ-law sends all bits turned over, and counts from a bias of 33 that keeps small sounds apart.
    private static short OfMuLaw(byte sent)
    {
        var turned = ~sent & 0xff;
        var size = ((((turned & 0xf) << 3) + 0x84) << ((turned >> 4) & 7)) - 0x84;
        return (short)((turned & 0x80) != 0 ? -size : size);
    }

    private static short[] Table(Func<byte, short> law) => [.. Enumerable.Range(0, 256).Select(sent => law((byte)sent))];
}
