using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Playback;

/// <summary>The fragments behind a viewing that this silo's own vault has.</summary>
internal sealed class ViewingSource(FileVault vault)
{
    /// <summary>Whether a vault is this silo's own.</summary>
    public bool Is(string? name) => name is null || name == vault.Name;

    /// <summary>What of a part lies in a window. A fragment is shown whole or not at all; what does not open is named, and keeps nothing else from being shown.</summary>
    public PartLook Look(Part part, TimeRange window)
    {
        try
        {
            using var reader = vault.OpenSound(part.Id);
            return Look(reader, part, window);
        }
        catch (RecordingClusterException fault) when (fault.Kind == ErrorKind.DataLoss)
        {
            return new PartLook(part.Span.From, [], Damaged: part.Span);
        }
    }

    /// <summary>One fragment opened, with its part's beginning.</summary>
    public (byte[] Init, byte[] Fragment) Read(PartId part, int fragment, ViewingPermit permit)
    {
        using var reader = vault.OpenSound(part);
        return (reader.ReadInit(permit), reader.Read(fragment, permit));
    }

    private static PartLook Look(PartReader reader, Part part, TimeRange window)
    {
        // The file of a silo that was cut off may hold more than its recording: what came too late is not shown.
        var counted = reader.Fragments.Take(part.Fragments);
        var until = reader.Fragments.Count > 0 ? reader.Fragments[^1].Span.Until : part.Span.From;

        // The recording's own list is the second witness: a part that was shortened with its closing record shows here. A copy may lag.
        TimeRange? rest = reader.Fragments.Count < part.Fragments && until < part.Span.Until ? new TimeRange(until, part.Span.Until) : null;
        var isCopy = reader.Header.Opening.CopyOf is not null;
        return new PartLook(
            reader.Fragments.Count > 0 ? reader.Fragments[0].Facts.From : part.Span.From,
            [.. counted.Where(fragment => fragment.Span.Overlaps(window)).Select(fragment => new StoredFragment(fragment.Number, fragment.Facts.From, fragment.Facts.Duration))],
            Lacking: isCopy ? rest : null,
            Damaged: isCopy ? null : rest);
    }
}
