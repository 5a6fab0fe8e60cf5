using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Playback;

/// <summary>The stored fragments behind a viewing.</summary>
internal sealed class ViewingSource(FileVault vault)
{
    /// <summary>What of a recording lies in a window, part by part. A fragment is shown whole or not at all.</summary>
    public ImmutableArray<VisiblePart> Find(RecordingView recording, TimeRange window)
    {
        var parts = ImmutableArray.CreateBuilder<VisiblePart>();
        foreach (var part in recording.Parts.Where(part => part.Span.Overlaps(window) || part.State == PartState.Damaged))
        {
            // The file of a silo that was cut off may hold more than its recording: what came too late is not shown.
            using var reader = Open(part);
            var visible = reader.Fragments.Take(part.Fragments).Where(fragment => fragment.Span.Overlaps(window)).ToImmutableArray();
            if (!visible.IsEmpty)
            {
                parts.Add(new VisiblePart(part.Id, reader.Fragments[0].Facts.From, visible));
            }
        }

        return parts.ToImmutable();
    }

    /// <summary>One fragment opened, with its part's beginning.</summary>
    public (byte[] Init, byte[] Fragment) Read(PartId part, int fragment, ViewingPermit permit)
    {
        using var reader = vault.Open(part);
        return (reader.ReadInit(permit), reader.Read(fragment, permit));
    }

    // The recording's own list is the second witness: a part that was shortened with its closing record shows here.
    private PartReader Open(Part part)
    {
        if (part.Vault is { } other && other != vault.Name)
        {
            throw new RecordingClusterException(ErrorKind.Unavailable, $"Part {part.Id} is kept by the silo {other}, and each portal shows what its own silo keeps. Look at it through the portal of {other}.");
        }

        var reader = vault.Open(part.Id);
        if (reader.Fragments.Count >= part.Fragments)
        {
            return reader;
        }

        reader.Dispose();
        throw new RecordingClusterException(
            ErrorKind.DataLoss, $"Part {part.Id} had {part.Fragments} fragments when it was closed and has fewer now. Keep the file as it is, and look at the disk.");
    }
}

/// <summary>What of one part a viewing shows.</summary>
/// <param name="Part">The part.</param>
/// <param name="Began">When its first fragment was recorded, seen or not: its own time line begins there.</param>
/// <param name="Fragments">What may be seen.</param>
internal sealed record VisiblePart(PartId Part, DateTimeOffset Began, ImmutableArray<FragmentEntry> Fragments);
