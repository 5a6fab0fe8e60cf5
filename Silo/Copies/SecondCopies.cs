using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Copies;

/// <summary>Brings what this silo records to the vault of a sister as it comes, and what that lacks afterwards.</summary>
/// <remarks>
/// There is no queue: what is not in the copy yet is read from the part's own file, one record at a time. So a sister that is slow,
/// full, dead or cut off holds up no recording and costs no memory, and is made whole when it is back, by the same steps.
/// </remarks>
internal sealed partial class SecondCopies(
    string sister, FileVault vault, SisterVaults sisters, ISiloPlaces places, IGrainFactory grains, SiloCalls silo, TimeProvider clock, ILogger<SecondCopies> log) : BackgroundService
{
    // A fragment that is on disk is half a second later on its way to the copy.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    // Nobody waits longer than this for another part's turn; what is recorded now goes before what is only caught up with.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // Room does not come by itself; asking costs a look at the disk.
    private static readonly TimeSpan RoomRetryAfter = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan UnwantedRetryAfter = TimeSpan.FromMinutes(1);

    // Its recording's row is written each time.
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TellPatience = TimeSpan.FromSeconds(1);

    // All parts are looked through at the start, when the sister is back, and now and then for what began and ended unseen.
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    // The others wait for this silo's end.
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly Dictionary<PartId, Copying> waiting = [];
    private readonly HashSet<PartId> whole = [];
    private readonly SemaphoreSlim turn = new(1);
    private DateTimeOffset? lookedAt;
    private DateTimeOffset awayUntil;
    private bool isAway = true;
    private volatile CopyLag lag = CopyLag.None;

    /// <summary>The silo in whose vault the copies are.</summary>
    public string Sister => sister;

    public CopyLag Lag => lag;

    /// <summary>At a planned end: what was closed just now is brought too, if that does not take long.</summary>
    public async Task Finish()
    {
        using var soon = new CancellationTokenSource(LongestFarewell, clock);
        try
        {
            await GoRound(soon.Token).WaitAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // The next start catches up.
        }
        catch (Exception fault)
        {
            LogFailed(fault);
        }
    }

    public override void Dispose()
    {
        foreach (var copying in waiting.Values)
        {
            copying.Dispose();
        }

        turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                await GoRoundOrSay(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The next start catches up.
        }
    }

    private async Task GoRoundOrSay(CancellationToken stop)
    {
        try
        {
            await GoRound(stop);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            LogFailed(fault);
            await Task.Delay(RetryAfter, clock, stop);
        }
    }

    private async Task GoRound(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            await Look();
            await Advance(stop);
            Say();
        }
        finally
        {
            turn.Release();
        }
    }

    // Which parts there are. A sister that was away may be back with another disk: it is asked for all of them again.
    private async Task Look()
    {
        var (now, wasAway) = (clock.GetUtcNow(), isAway);
        isAway = !places.Silos.Contains(sister);
        if (wasAway && !isAway)
        {
            lookedAt = null;
            whole.Clear();
            foreach (var copying in waiting.Values)
            {
                copying.Has = null;
            }
        }

        if (lookedAt is null || now - lookedAt > LookEvery)
        {
            var own = (await vault.OwnParts()).ToHashSet();
            whole.IntersectWith(own);
            Add(own, now);
            lookedAt = now;
        }

        Add(vault.Written(), now);
    }

    private void Add(IEnumerable<PartId> parts, DateTimeOffset now)
    {
        foreach (var part in parts.Where(part => !whole.Contains(part) && !waiting.ContainsKey(part)))
        {
            waiting[part] = new Copying(part, now);
        }
    }

    private async Task Advance(CancellationToken stop)
    {
        var (now, began, written) = (clock.GetUtcNow(), clock.GetTimestamp(), vault.Written().ToHashSet());
        if (isAway || now < awayUntil)
        {
            return;
        }

        foreach (var copying in waiting.Values.Where(one => one.NotBefore <= now).OrderByDescending(one => written.Contains(one.Part)).ThenByDescending(one => one.Part.Recording.Value).ToList())
        {
            if (!written.Contains(copying.Part) && clock.GetElapsedTime(began) > LongestTurn)
            {
                return;
            }

            if (!await TryAdvance(copying, stop))
            {
                return;
            }

            await Tell(copying);
            Settle(copying, written.Contains(copying.Part));
        }
    }

    // False when the sister does not answer: then it is asked nothing for a while.
    private async Task<bool> TryAdvance(Copying copying, CancellationToken stop)
    {
        try
        {
            await Advance(copying, stop);
        }
        catch (RecordingClusterException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            copying.IsWanted = false; // erased here, or its term has passed
        }
        catch (RecordingClusterException fault)
        {
            var before = copying.Why;
            Hinder(copying, CopyHindrance.Failed, RetryAfter);
            if (copying.Why != before)
            {
                LogHindered(copying.Part, sister, fault);
            }
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            Hinder(copying, CopyHindrance.Away, RetryAfter);
            awayUntil = copying.NotBefore;
            LogNoAnswer(sister, copying.Part, fault);
            return false;
        }

        return true;
    }

    // Brings records until the copy has what this vault has, or it is another's turn.
    private async Task Advance(Copying copying, CancellationToken stop)
    {
        var (source, began) = (copying.Source ??= vault.OpenToCopy(copying.Part), clock.GetTimestamp());
        while (copying.Has is not { } has || has < source.Records)
        {
            if (clock.GetElapsedTime(began) > LongestTurn)
            {
                copying.BehindSince ??= clock.GetUtcNow();
                return;
            }

            switch (await sisters.OfferCopy(sister, source.Part))
            {
                case CopyAnswer.Lacks lacks:
                    copying.Has = lacks.Record;
                    if (lacks.Record < source.Records)
                    {
                        if (!await sisters.Bring(sister, copying.Part, lacks.Ticket, source.Read(lacks.Record), stop))
                        {
                            Hinder(copying, CopyHindrance.NoRoom, RoomRetryAfter);
                            return;
                        }

                        copying.Has = lacks.Record + 1;
                    }

                    break;
                case CopyAnswer.Whole:
                    copying.Has = source.Records;
                    break;
                case CopyAnswer.NoRoom:
                    Hinder(copying, CopyHindrance.NoRoom, RoomRetryAfter);
                    return;
                default:
                    // Erased here too, in a moment; or it began while the database was away, and is not entered yet.
                    copying.NotBefore = clock.GetUtcNow() + UnwantedRetryAfter;
                    return;
            }
        }

        (copying.BehindSince, copying.Why) = (null, null);
    }

    private void Hinder(Copying copying, CopyHindrance why, TimeSpan wait)
    {
        copying.Has = null;
        copying.Why = why;
        copying.BehindSince ??= clock.GetUtcNow();
        copying.NotBefore = clock.GetUtcNow() + wait;
    }

    // Copying goes on though the recording's grain or the database does not answer: it is told later.
    private async Task Tell(Copying copying)
    {
        var now = clock.GetUtcNow();
        if (!copying.IsWanted || copying.CopyIn(sister) is not { } copy || copy == copying.Told || now < copying.TellFrom)
        {
            return;
        }

        copying.TellFrom = now + TellEvery;
        try
        {
            using var _ = silo.Begin();
            copying.IsWanted = await grains.Recording(copying.Part.Recording).KnowCopy(copy).WaitAsync(TellPatience, clock);
            copying.Told = copy;
        }
        catch (Exception fault)
        {
            LogNotTold(copying.Part, fault);
        }
    }

    // What nobody wants any more is not asked about again: it is erased here too.
    private void Settle(Copying copying, bool isWritten)
    {
        if (!copying.IsWanted || copying.Told is { IsWhole: true })
        {
            copying.Dispose();
            waiting.Remove(copying.Part);
            whole.Add(copying.Part);
        }
        else if (!isWritten)
        {
            copying.LetGo();
        }
    }

    private void Say()
    {
        var now = clock.GetUtcNow();
        var isSilent = isAway || now < awayUntil;
        foreach (var copying in waiting.Values.Where(_ => isSilent))
        {
            copying.BehindSince ??= now;
        }

        var behind = waiting.Values.Where(copying => copying.BehindSince is not null).ToList();
        var before = lag.Why;
        lag = new CopyLag(behind.Count, behind.Min(copying => copying.BehindSince), behind.Count == 0 ? null : isSilent ? CopyHindrance.Away : behind.Select(copying => copying.Why).FirstOrDefault(why => why is not null));
        if (lag.Why is { } why && why != before)
        {
            LogHeldUp(sister, why, lag.Parts);
        }
        else if (lag.Why is null && before is not null)
        {
            LogGoesOn(sister);
        }
    }

    [LoggerMessage(4061, LogLevel.Warning, "Copies in the vault of {Sister} are held up: {Why}; {Parts} part(s) lack something there. Recording goes on, and the copies are made whole afterwards")]
    private partial void LogHeldUp(string sister, CopyHindrance why, int parts);

    [LoggerMessage(4062, LogLevel.Information, "Copies in the vault of {Sister} go on")]
    private partial void LogGoesOn(string sister);

    [LoggerMessage(4063, LogLevel.Warning, "The copy of {Part} in the vault of {Sister} does not go on; it is tried again")]
    private partial void LogHindered(PartId part, string sister, Exception fault);

    [LoggerMessage(4064, LogLevel.Warning, "{Sister} did not answer about its copy of {Part}; it is asked again in a moment")]
    private partial void LogNoAnswer(string sister, PartId part, Exception fault);

    [LoggerMessage(4065, LogLevel.Warning, "The recording of {Part} does not hear of its copy now; it is told later")]
    private partial void LogNotTold(PartId part, Exception fault);

    [LoggerMessage(4066, LogLevel.Error, "A round of copying ended in a way that was not thought of")]
    private partial void LogFailed(Exception fault);
}
