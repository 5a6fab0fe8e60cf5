using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Sees to it that each talk that should be recorded is, whichever silo dies or leaves.</summary>
/// <remarks>
/// A grain of a dead silo comes back where somebody calls it, and not before. So every silo that is left calls, at each
/// departure at once, and every few seconds whatever happens: the room, which asks the recording, which asks the camera. What
/// runs goes on as it is. Several silos may ask at the same time, since each of these grains lives once. While the database is
/// away nobody asks: no lease could be stored, and what was stopped meanwhile is not known as stopped before it is entered.
/// </remarks>
internal sealed partial class TalkWatch(
    IClusterMembershipService membership, IGrainFactory grains, SiloCalls silo, SitePlan plan, DatabasePresence database, TimeProvider clock, ILogger<TalkWatch> log) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    // While no talk is recorded a look is one call to each room that has a camera.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // A first call after a departure may still be sent to who is gone.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private TaskCompletionSource departed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task watching = Task.CompletedTask;

    // It ends before this silo gives its captures up, or it would take them up again.
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(TalkWatch), ServiceLifecycleStage.Active + 1, _ => Start(), _ => Stop());

    public void Dispose() => stop.Dispose();

    private Task Start()
    {
        watching = Task.WhenAll(plan.Rooms.Where(room => room.Camera is not null).Select(room => Watch(room.Id)).Append(WatchDepartures()));
        return Task.CompletedTask;
    }

    private async Task Stop()
    {
        await stop.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Watch(RoomId room)
    {
        var failed = false;
        while (!stop.IsCancellationRequested)
        {
            var departure = Departure();
            try
            {
                using var _ = silo.Begin();
                await (database.IsAway ? Task.CompletedTask : grains.Room(room).Resume().WaitAsync(stop.Token));
                failed = false;
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                if (!failed)
                {
                    LogNotResumed(room, fault);
                }

                failed = true;
            }

            await Task.WhenAny(departure, Task.Delay(failed || database.IsAway ? RetryAfter : LookEvery, clock, stop.Token));
        }
    }

    private Task Departure()
    {
        lock (gate)
        {
            return departed.Task;
        }
    }

    private async Task WatchDepartures()
    {
        var there = new HashSet<SiloAddress>();
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stop.Token))
        {
            var now = snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).ToHashSet();
            if (!there.IsSubsetOf(now))
            {
                LogDeparted(string.Join(" and ", there.Except(now)));
                lock (gate)
                {
                    departed.TrySetResult();
                    departed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }

            there = now;
        }
    }

    [LoggerMessage(4006, LogLevel.Warning, "{Silos} is gone or going; what it recorded is taken up where its cameras can be reached")]
    private partial void LogDeparted(string silos);

    [LoggerMessage(4007, LogLevel.Critical, "Whether the talk in {Room} is recorded could not be seen to; it is tried again until it can")]
    private partial void LogNotResumed(RoomId room, Exception fault);
}
