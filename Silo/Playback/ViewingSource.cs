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

    /// <summary>What of a part lies in a window. A fragment is shown whole or not at all.</summary>
    public PartLook Look(Part part, TimeRange window)
    {
        using var reader = Open(part);

        // The file of a silo that was cut off may hold more than its recording: what came too late is not shown.
        var counted = reader.Fragments.Take(part.Fragments);
        var until = reader.Fragments.Count > 0 ? reader.Fragments[^1].Span.Until : part.Span.From;
        return new PartLook(
            reader.Fragments.Count > 0 ? reader.Fragments[0].Facts.From : part.Span.From,
            [.. counted.Where(fragment => fragment.Span.Overlaps(window)).Select(fragment => new StoredFragment(fragment.Number, fragment.Facts.From, fragment.Facts.Duration))],
            reader.Fragments.Count < part.Fragments && until < part.Span.Until ? new TimeRange(until, part.Span.Until) : null);
    }

    /// <summary>One fragment opened, with its part's beginning.</summary>
    public (byte[] Init, byte[] Fragment) Read(PartId part, int fragment, ViewingPermit permit)
    {
        using var reader = vault.Open(part);
        return (reader.ReadInit(permit), reader.Read(fragment, permit));
    }

    // The recording's own list is the second witness: a part that was shortened with its closing record shows here. A copy may lag.
    private PartReader Open(Part part)
    {
        var reader = vault.Open(part.Id);
        if (reader.Fragments.Count >= part.Fragments || reader.Header.Opening.CopyOf is not null)
        {
            return reader;
        }

        reader.Dispose();
        throw new RecordingClusterException(
            ErrorKind.DataLoss, $"Part {part.Id} had {part.Fragments} fragments when it was closed and has fewer now. Keep the file as it is, and look at the disk.");
    }
}
