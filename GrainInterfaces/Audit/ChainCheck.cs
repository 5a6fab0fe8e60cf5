using System.Globalization;
using System.Text;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>Checks a trail from its first entry to its last, against heads that were kept elsewhere. Pure: entries and heads go in, a report comes out.</summary>
/// <remarks>
/// Without heads a check finds what was changed clumsily; who owns the database could write a whole new chain. With heads
/// it finds that too, for all up to the last head. Heads that stand in the trail itself are checked as well. Memory is that of
/// the heads, however long the trail.
/// </remarks>
public sealed class ChainCheck
{
    private readonly SealCheck seals;
    private readonly Dictionary<long, List<TrailHead>> heads = [];
    private readonly List<ChainFault> faults = [];
    private int headCount;
    private long covered;
    private bool isBroken;
    private AuditRecord? before;

    /// <param name="heads">Heads of this trail's site, in any order; the same one may come twice.</param>
    /// <param name="seals">Knows whose signature counts.</param>
    public ChainCheck(IEnumerable<TrailHead> heads, SealCheck seals)
    {
        this.seals = seals;
        foreach (var head in heads.Distinct())
        {
            headCount++;
            if (head.FaultBy(seals) is { } fault)
            {
                Add(ChainFaultKind.BadSignature, head.Number, $"The head of {Time(head)} at entry {Text(head.Number)}: {fault}.");
            }
            else if (this.heads.TryGetValue(head.Number, out var same))
            {
                same.Add(head);
            }
            else
            {
                this.heads[head.Number] = [head];
            }
        }
    }

    /// <summary>How many entries were looked at so far.</summary>
    public long Entries { get; private set; }

    /// <summary>Takes the next entry of the trail.</summary>
    public void Add(AuditRecord entry) => Add(entry, AuditChain.HashOf(entry));

    /// <summary>Takes the next entry of the trail, whose hash was worked out elsewhere (several processors, say).</summary>
    public void Add(AuditRecord entry, string hash)
    {
        Entries++;

        // Behind the first wrong entry each later one may look wrong for its sake alone, so only the first is named.
        if (!isBroken && AuditChain.FaultOf(before, entry, hash) is { } fault)
        {
            isBroken = true;
            Add(ChainFaultKind.WrongEntry, entry.Number, $"Entry {Text(entry.Number)} {fault}.");
        }

        if (heads.Remove(entry.Number, out var kept))
        {
            foreach (var head in kept)
            {
                Hold(head, entry, hash);
            }
        }

        if (entry.Deed == TrailHead.Deed)
        {
            CheckInner(entry);
        }

        before = entry;
    }

    /// <summary>There are no more entries.</summary>
    public ChainReport Finish()
    {
        foreach (var head in heads.Values.SelectMany(same => same).OrderBy(head => head.Number))
        {
            Add(
                ChainFaultKind.CutTail, head.Number,
                $"The head of {Time(head)} names entry {Text(head.Number)}, which is not there: {(before is null ? "the trail is empty" : $"the trail ends with entry {Text(before.Number)}")}.");
        }

        return new ChainReport(Entries, before?.Number ?? 0, headCount, covered, [.. faults.OrderBy(fault => fault.Number)]);
    }

    private void Hold(TrailHead head, AuditRecord entry, string hash)
    {
        if (head.Hash == entry.Hash && head.Hash == hash)
        {
            covered = isBroken ? covered : Math.Max(covered, head.Number);
            return;
        }

        Add(ChainFaultKind.ReplacedHead, head.Number, $"The head of {Time(head)} names another hash for entry {Text(head.Number)}: the trail was written anew from there or before.");
    }

    // A head in the trail speaks of an entry that came before it. It vouches for nothing more than the chain does, but one that was forged shows.
    private void CheckInner(AuditRecord entry)
    {
        try
        {
            var head = TrailLines.ReadHead(Encoding.UTF8.GetBytes(entry.Detail), entry.Number);
            if (head.FaultBy(seals) is { } fault)
            {
                Add(ChainFaultKind.BadSignature, entry.Number, $"Entry {Text(entry.Number)} holds a head: {fault}.");
            }
        }
        catch (RecordingClusterException)
        {
            Add(ChainFaultKind.BadSignature, entry.Number, $"Entry {Text(entry.Number)} should hold a head and does not.");
        }
    }

    private void Add(ChainFaultKind kind, long number, string reason) => faults.Add(new ChainFault(kind, number, reason));

    private static string Time(TrailHead head) => head.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
