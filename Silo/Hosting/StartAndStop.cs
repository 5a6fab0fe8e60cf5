using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Away;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Copies;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting;

/// <summary>What a silo does between its start and its first call, and before its end.</summary>
internal sealed partial class StartAndStop(
    FileVault vault, ComeBack back, Recorder recorder, JournalEntering journal, DatabasePresence database, IGrainFactory grains, SiloCalls silo, SitePlan plan, ILogger<StartAndStop> log, SecondCopies? copies = null) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task telling = Task.CompletedTask;

    public void Participate(ISiloLifecycle observer)
    {
        // What a crash left in the vault is put in order, and what should be gone goes, before any grain can be called.
        observer.Subscribe(nameof(FileVault), ServiceLifecycleStage.RuntimeStorageServices, _ => Recover());

        // Recordings that were under way go on as soon as grains answer; parts are closed before they stop answering.
        observer.Subscribe(nameof(Recorder), ServiceLifecycleStage.Active, _ => Resume(), _ => End());
    }

    public void Dispose() => stop.Dispose();

    private async Task Recover()
    {
        await vault.Recover();
        await back.Erase();
    }

    private async Task Resume()
    {
        recorder.Introduce();
        await EnterJournal();
        await Attend();
        await (database.IsAway ? Task.CompletedTask : Task.WhenAll(plan.Rooms.Select(room => Resume(room.Id))));
        telling = Task.Run(() => back.Tell(stop.Token)); // it may have to wait for others
    }

    private async Task End()
    {
        await stop.CancelAsync();
        await telling;
        await recorder.End();
        await (copies?.Finish() ?? Task.CompletedTask);
    }

    // Before anything is taken up: what was stopped while the database was away must not begin again.
    private async Task EnterJournal()
    {
        try
        {
            await journal.Enter();
        }
        catch (Exception fault)
        {
            LogNotEntered(fault);
            database.IsGone();
        }
    }

    // The public page is written on this machine too, and what fell due while nobody could tick is carried out.
    private async Task Attend()
    {
        try
        {
            using var _ = silo.Begin();
            await grains.Regulation(plan.Site).Attend();
        }
        catch (Exception fault)
        {
            LogNotAttended(fault);
        }
    }

    private async Task Resume(RoomId room)
    {
        try
        {
            using var _ = silo.Begin();
            await grains.Room(room).Resume();
        }
        catch (Exception fault)
        {
            // One room must not keep the others, and the erasures, from starting.
            LogNotResumed(room, fault);
        }
    }

    [LoggerMessage(4005, LogLevel.Error, "What the regulation asks for at a start was not carried out; its reminder tries again")]
    private partial void LogNotAttended(Exception fault);

    [LoggerMessage(4047, LogLevel.Critical, "The database went away during the start: what the journal has is entered, and recordings are taken up, when it is back")]
    private partial void LogNotEntered(Exception fault);

    [LoggerMessage(4003, LogLevel.Critical, "The recording that should go on in {Room} was not taken up")]
    private partial void LogNotResumed(RoomId room, Exception fault);
}
