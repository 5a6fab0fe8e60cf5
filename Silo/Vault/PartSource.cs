using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault;

/// <summary>Gives the records of one part of this vault's own to its copy, in order and as often as they are asked for. One user at a time.</summary>
/// <remarks>
/// It gives only what is on disk for good (V3): a record that it gave is the same for ever, which is why a copy that was cut off may
/// seal it again under the same nonce (V1).
/// </remarks>
internal sealed class PartSource : IDisposable
{
    private readonly PartReader reader;
    private readonly Func<PartWriter?> findWriter;
    private readonly PartToCopy part;

    internal PartSource(PartReader reader, Func<PartWriter?> findWriter, string vault, long sealedBytes)
    {
        (this.reader, this.findWriter) = (reader, findWriter);
        var opening = reader.Header.Opening;
        part = new PartToCopy(
            opening.Part, vault, opening.Site, opening.Room, opening.Camera, opening.RecordingStartedAt, opening.ExpiresAt, opening.PartStartedAt, opening.RegulationVersion, opening.Tracks, sealedBytes);
    }

    /// <summary>What the copy's vault must know. The room is all that the part may take while it is written, and its size afterwards.</summary>
    public PartToCopy Part => findWriter() is { } writer ? part with { Bytes = Math.Max(part.Bytes, writer.RoomBytes) } : part;

    /// <summary>How many records there are by now: the beginning, fragments and, once the part has ended, its end.</summary>
    public int Records
    {
        get
        {
            // What is written is asked for first: all that its count says is flushed when the file is read.
            var written = findWriter()?.Snapshot.Fragments;
            reader.Refresh();
            return written is { } fragments ? fragments == 0 ? 0 : fragments + 1 : HasEnded ? reader.Fragments.Count + 2 : 0;
        }
    }

    public int Fragments => reader.Fragments.Count;

    /// <summary>Whether nothing will be added to it any more.</summary>
    public bool HasEnded => reader.State != PartState.Open;

    /// <summary>A record that there is, by its number from 0, opened.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">NotFound: its term has passed, or it was erased. DataLoss: the file is not what was written.</exception>
    public CopyRecord Read(int number) => reader.ReadToCopy(number);

    /// <summary>The end of a fragment; where the part begins for none.</summary>
    public DateTimeOffset EndOf(int fragments) => fragments == 0 ? part.PartStartedAt : reader.Fragments[fragments - 1].Span.Until;

    public void Dispose() => reader.Dispose();
}
