using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Client.Auditing;

/// <summary>Checks an exported trail (JSON Lines) with nothing at hand but the file, the heads that were kept, and the CA's certificate.</summary>
/// <remarks>Reads in steps of a few megabytes and works them out on all processors; memory does not grow with the file.</remarks>
public static class TrailFileCheck
{
    private const int StepBytes = 8 << 20;

    // A detail has at most the 4 MB of a message; nothing that was exported is longer than this.
    private const int MostLineBytes = 32 << 20;

    /// <param name="trail">The export.</param>
    /// <param name="heads">Heads of the same site.</param>
    /// <param name="seals">Knows whose signature counts.</param>
    /// <param name="progress">Hears how many bytes were read so far.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RecordingClusterException">InvalidInput: a line is no entry of an export.</exception>
    public static async Task<ChainReport> Run(Stream trail, IEnumerable<TrailHead> heads, SealCheck seals, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var check = new ChainCheck(heads, seals);
        var buffer = new byte[StepBytes];
        long read = 0;
        var kept = 0;
        while (true)
        {
            var count = await trail.ReadAtLeastAsync(buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellation);
            var (held, isEnd) = (kept + count, kept + count < buffer.Length);
            read += count;
            var whole = isEnd ? held : buffer.AsSpan(0, held).LastIndexOf((byte)'\n') + 1;
            Add(check, buffer.AsMemory(0, whole));
            progress?.Report(read);
            if (isEnd)
            {
                return check.Finish();
            }

            kept = held - whole;
            if (whole == 0 && buffer.Length >= MostLineBytes)
            {
                throw RecordingClusterException.Invalid("trail", "has a line that is too long for an entry.", "Give the file as it was exported, unchanged.");
            }

            var next = whole == 0 ? new byte[buffer.Length * 2] : buffer;
            buffer.AsSpan(whole, kept).CopyTo(next);
            buffer = next;
        }
    }

    // Entries are read and hashed on all processors; that they follow one another is looked at in order.
    private static void Add(ChainCheck check, ReadOnlyMemory<byte> lines)
    {
        var places = PlacesOf(lines.Span);
        var first = check.Entries + 1;
        var entries = new (AuditRecord Entry, string Hash)[places.Count];
        try
        {
            Parallel.For(0, places.Count, place =>
            {
                var entry = TrailLines.ReadEntry(lines.Span[places[place]], first + place);
                entries[place] = (entry, AuditChain.HashOf(entry));
            });
        }
        catch (AggregateException faults)
        {
            throw faults.InnerExceptions[0];
        }

        foreach (var (entry, hash) in entries)
        {
            check.Add(entry, hash);
        }
    }

    private static List<Range> PlacesOf(ReadOnlySpan<byte> lines)
    {
        var places = new List<Range>();
        for (var at = 0; at < lines.Length;)
        {
            var length = lines[at..].IndexOf((byte)'\n');
            var end = length < 0 ? lines.Length : at + length;
            if (end > at)
            {
                places.Add(at..end);
            }

            at = end + 1;
        }

        return places;
    }
}
