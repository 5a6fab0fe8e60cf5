using System.Collections.Concurrent;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Copies;

/// <summary>Keeps copies of sisters' parts in this silo's vault: says what a copy lacks, and takes what was brought with a ticket.</summary>
internal sealed class CopyDesk : ICopyDesk, IDisposable
{
    // A fragment comes each few seconds. A sister that is away for longer finds its copy opened anew; until then it holds no room.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly FileVault vault;
    private readonly PartTickets tickets;
    private readonly IGrainFactory grains;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<PartId, Kept> copies = new();
    private readonly ITimer idling;

    public CopyDesk(FileVault vault, PartTickets tickets, IGrainFactory grains, TimeProvider clock)
    {
        (this.vault, this.tickets, this.grains, this.clock) = (vault, tickets, grains, clock);
        idling = clock.CreateTimer(_ => LetGoOfIdle().Ignore(), null, Idle, Idle);
    }

    public void Dispose() => idling.Dispose();

    public async Task<CopyAnswer> Keep(PartToCopy part)
    {
        var recording = grains.Recording(part.Part.Recording);
        if (!vault.Has(part.Part) && (await recording.Read()).Stage is not (RecordingStage.Capturing or RecordingStage.Sealed or RecordingStage.Held))
        {
            return new CopyAnswer.NotWanted();
        }

        PartWriter? writer;
        try
        {
            writer = await vault.KeepCopy(OpeningOf(part), part.Bytes);
        }
        catch (RecordingClusterException fault) when (fault.Kind is ErrorKind.NotFound or ErrorKind.Unavailable)
        {
            return fault.Kind == ErrorKind.NotFound ? new CopyAnswer.NotWanted() : new CopyAnswer.NoRoom();
        }

        if (writer is null)
        {
            return new CopyAnswer.Whole();
        }

        var now = clock.GetTimestamp();
        copies.AddOrUpdate(part.Part, _ => new Kept(writer, now), (_, known) => known.Writer == writer ? known : new Kept(writer, now)).UsedAt = now;

        // The recording knows of it before a byte of the talk comes in. So no erasure overlooks this vault; and what was erased
        // while the file was begun is not begun anew.
        if (writer.Records == 0 && !await recording.KnowCopy(new PartCopy(part.Part, vault.Name!, 0, part.PartStartedAt, IsWhole: false)))
        {
            await vault.DiscardCopy(part.Part);
            return new CopyAnswer.NotWanted();
        }

        return new CopyAnswer.Lacks(writer.Records, tickets.Issue(new Errand.Bring(part)));
    }

    /// <summary>Seals one record into a copy. It is on disk when this returns; one that is there already is left as it is.</summary>
    /// <exception cref="RecordingClusterException">NotFound: the copy is not kept any more. Conflict: another record comes next. Unavailable: the disk is full.</exception>
    public async Task Take(PartToCopy part, CopyRecord record)
    {
        if (!copies.TryGetValue(part.Part, out var kept))
        {
            throw VaultError.NoPart(part.Part);
        }

        try
        {
            await kept.Writer.Take(record);
            kept.UsedAt = clock.GetTimestamp();
        }
        catch (IOException full) when (Posix.IsFull(full))
        {
            await LetGo(part.Part, kept);
            throw VaultError.Full(record.Payload.Length);
        }
        catch (Exception fault) when (fault is IOException or RecordingClusterException)
        {
            await LetGo(part.Part, kept); // it is opened anew with the next record
            throw;
        }
    }

    private async Task LetGoOfIdle()
    {
        foreach (var (part, kept) in copies.Where(one => clock.GetElapsedTime(one.Value.UsedAt) > Idle))
        {
            await LetGo(part, kept);
        }
    }

    // As after a crash: what is torn goes, and the room that was taken behind it is given back.
    private async Task LetGo(PartId part, Kept kept)
    {
        copies.TryRemove(KeyValuePair.Create(part, kept));
        await kept.Writer.DisposeAsync();
        await vault.Mend(part);
    }

    private static PartOpening OpeningOf(PartToCopy part) => new(
        part.Part, part.Site, part.Room, part.Camera, part.RecordingStartedAt, part.ExpiresAt, part.PartStartedAt, part.RegulationVersion, part.Tracks, part.Vault);

    private sealed class Kept(PartWriter writer, long usedAt)
    {
        public PartWriter Writer => writer;

        public long UsedAt { get; set; } = usedAt;
    }
}
