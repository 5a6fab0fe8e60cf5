using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Capture;

/// <summary>One lease from its beginning to its end: runs one after the other, with the gaps between them said.</summary>
internal sealed partial class CaptureSession : IAsyncDisposable
{
    // Recording must resume within 5 s of a camera's return; connecting and its first fragment take the rest.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private readonly Func<CaptureSession, int, bool, CaptureRun> newRun;
    private readonly ICaptureListener listener;
    private readonly CaptureMetrics metrics;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly HealthMeter meter;
    private readonly GapWatch gaps;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource<CameraFault?> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer deadline;
    private readonly Lock gate = new();
    private SortedDictionary<int, Part> parts = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task running = Task.CompletedTask;
    private RunFault? said;
    private DateTimeOffset stopAt;

    /// <param name="lease">By which it records.</param>
    /// <param name="newRun">Makes its next run, of this number; the first of a talk is told that it is.</param>
    /// <param name="listener">Hears how it goes.</param>
    /// <param name="metrics">Counts what is stored.</param>
    /// <param name="clock">Of the silo.</param>
    /// <param name="log">Of the recorder.</param>
    public CaptureSession(CaptureLease lease, Func<CaptureSession, int, bool, CaptureRun> newRun, ICaptureListener listener, CaptureMetrics metrics, TimeProvider clock, ILogger log)
    {
        Lease = lease;
        stopAt = lease.Order.StopAt;
        this.newRun = newRun;
        this.listener = listener;
        this.metrics = metrics;
        this.clock = clock;
        this.log = log;
        meter = new HealthMeter(clock);
        gaps = new GapWatch(lease.Order.Sound, clock);

        // The recorder keeps the end of the talk by itself, whatever becomes of grain and database (R4).
        deadline = clock.CreateTimer(_ => stop.Cancel(), null, Left(lease.Order.StopAt), Timeout.InfiniteTimeSpan);
    }

    public CaptureLease Lease { get; }

    /// <summary>When it ends by itself: as the lease has it, or later when the talk was lengthened.</summary>
    public DateTimeOffset StopAt
    {
        get
        {
            lock (gate)
            {
                return stopAt;
            }
        }
    }

    /// <summary>Null once a first fragment is on disk; what is wrong when a first start failed.</summary>
    public Task<CameraFault?> Started => started.Task;

    /// <summary>Whether anything was stored.</summary>
    public bool HasParts
    {
        get
        {
            lock (gate)
            {
                return parts.Count > 0;
            }
        }
    }

    /// <param name="goesOn">False for a first start, which ends with its first fault; true to try until the talk is over.</param>
    public void Begin(bool goesOn)
    {
        // Capture belongs to no grain: it must not run on the scheduler of the grain that asked for it, nor in its name.
        using (ExecutionContext.SuppressFlow())
        {
            var run = Task.Run(() => Run(goesOn));
            running = run;
            _ = Task.Run(Tell);
            _ = Task.Run(() => MoveOnAfter(run));
        }
    }

    /// <summary>False when it has ended, or is ending.</summary>
    public bool Runs => !stop.IsCancellationRequested;

    /// <summary>Moves its end. False when it has ended, or is ending.</summary>
    public bool Extend(DateTimeOffset until)
    {
        lock (gate)
        {
            stopAt = until;
        }

        return deadline.Change(Left(until), Timeout.InfiniteTimeSpan) && !stop.IsCancellationRequested;
    }

    /// <summary>A run stored a fragment: it is on disk.</summary>
    /// <param name="part">In which.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="heldBack">How long before it came its last picture was taken.</param>
    public void Stored(PartWriter part, FragmentContent content, int bytes, TimeSpan heldBack)
    {
        meter.Add(content, bytes);
        metrics.Stored(Lease.Camera, content, bytes);
        bool isNew, isSilenced;
        lock (gate)
        {
            isNew = !parts.ContainsKey(part.Id.Number);
            if (isNew)
            {
                CloseParts();
            }

            parts[part.Id.Number] = part.Snapshot;
            var wasSilent = gaps.IsOfSound;
            gaps.Stored(content, heldBack, isNew);
            isSilenced = gaps.IsOfSound && !wasSilent;
            said = gaps.Gap is null || gaps.IsOfSound ? null : said;
        }

        if (isSilenced)
        {
            metrics.Gap(Lease.Camera, CameraFault.NoSound);
            LogSilent(Lease.Camera);
            Change();
        }

        if (isNew)
        {
            LogPart(Lease.Camera, part.Id);
            started.TrySetResult(null);
            Change();
        }
    }

    /// <summary>No picture came for too long, and the run goes on: the camera may come back to it, and some of before may still be on their way.</summary>
    public void Stall()
    {
        if (Runs)
        {
            var stall = new RunFault(CameraFault.NoMedia);
            Say(stall);
            BeginGap(stall.Fault);
        }
    }

    /// <summary>Ends capture and answers when the part is closed. Safe to repeat.</summary>
    public async Task Stop()
    {
        await stop.CancelAsync();
        await running;
    }

    /// <summary>Ends capture and answers with what it made, all of it closed.</summary>
    public async Task<ImmutableArray<Part>> Leave()
    {
        await Stop();
        lock (gate)
        {
            return [.. parts.Values];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await deadline.DisposeAsync();
    }

    private TimeSpan Left(DateTimeOffset until) => until - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    // Answers whether another silo is to go on.
    private async Task<bool> Run(bool goesOn)
    {
        var movesOn = false;
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            var fault = await RunOnce(number, !goesOn);
            if (started.Task.IsCompleted)
            {
                goesOn = true;
            }

            if (fault is not null)
            {
                Say(fault);
            }

            if (fault is null || !goesOn)
            {
                started.TrySetResult(fault?.Fault ?? CameraFault.NoMedia);
                break;
            }

            if (fault.Fault.IsOfVault() && await listener.VaultRefuses(Lease.Camera))
            {
                movesOn = true;
                break;
            }

            CloseParts();
            BeginGap(fault.Fault);
            await Wait(RetryAfter);
        }

        CloseParts();
        await stop.CancelAsync();
        Change();
        return movesOn;
    }

    // A silo whose vault has space goes on as a new part. Where that is not heard of, the next look at all talks sees to it. The run is
    // over by then: whoever takes the recording up may first wait for it.
    private async Task MoveOnAfter(Task<bool> run)
    {
        if (!await run)
        {
            return;
        }

        LogMovesOn(Lease.Camera);
        try
        {
            await listener.MoveOn(Lease, [.. parts.Values]);
        }
        catch (Exception fault)
        {
            LogNotHeard(Lease.Camera, fault);
        }
    }

    private async Task<RunFault?> RunOnce(int number, bool isFirst)
    {
        try
        {
            return await newRun(this, number, isFirst).Record(stop.Token);
        }
        catch (Exception fault)
        {
            // Nothing that was not thought of may end a recording: it is said, and tried again.
            LogUnexpected(Lease.Camera, fault);
            return new RunFault(CameraFault.VaultFailed);
        }
    }

    // Once, and not each second while it lasts; once more when somebody says why.
    private void Say(RunFault fault)
    {
        lock (gate)
        {
            if (said?.Fault == fault.Fault && (said.Why is not null || fault.Why is null))
            {
                return;
            }

            said = fault;
        }

        if (fault.Fault.IsOfVault())
        {
            LogVaultFailed(Lease.Camera, fault.Fault, fault.Why ?? "");
        }
        else
        {
            LogNothing(Lease.Camera, fault.Fault, fault.Why ?? "");
        }
    }

    private void BeginGap(CameraFault fault)
    {
        lock (gate)
        {
            gaps.Begin(fault);
        }

        metrics.Gap(Lease.Camera, fault);
        Change();
    }

    private void CloseParts()
    {
        lock (gate)
        {
            parts = new(parts.ToDictionary(part => part.Key, part => part.Value with { State = PartState.Closed }));
        }
    }

    private void Change()
    {
        lock (gate)
        {
            changed.TrySetResult();
        }
    }

    private async Task Tell()
    {
        var wasToldOff = false;
        while (!stop.IsCancellationRequested)
        {
            Task change;
            lock (gate)
            {
                changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                change = changed.Task;
            }

            if (Snapshot() is var (health, known))
            {
                try
                {
                    if (!await listener.Tell(Lease, health, known))
                    {
                        // Another lease has the camera: this one must not add to the recording any more.
                        LogFenced(Lease.Camera, Lease.Epoch);
                        await stop.CancelAsync();
                        return;
                    }

                    wasToldOff = false;
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    // The grain or its database is away: capture goes on, and it is told later (R7).
                    if (!wasToldOff)
                    {
                        LogNotHeard(Lease.Camera, fault);
                    }

                    wasToldOff = true;
                }
            }

            await Task.WhenAny(change, Wait(TellEvery));
        }
    }

    private (CaptureHealth Health, ImmutableArray<Part> Parts)? Snapshot()
    {
        lock (gate)
        {
            if (parts.Count == 0 && gaps.Gap is null)
            {
                return null;
            }

            var (frames, kilobits, samples) = meter.Read();
            var known = parts.Values.ToImmutableArray();
            var part = known.IsEmpty ? new PartId(Lease.Order.Recording, Lease.Epoch, 0) : known[^1].Id;
            return (new CaptureHealth(part, gaps.LastFragmentAt ?? Lease.Order.StartedAt, frames, kilobits, samples, gaps.Gap), known);
        }
    }

    private async Task Wait(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, clock, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the loop sees it.
        }
    }

    [LoggerMessage(3001, LogLevel.Information, "{Camera} records into {Part}")]
    private partial void LogPart(CameraId camera, PartId part);

    [LoggerMessage(3002, LogLevel.Warning, "{Camera} gives nothing: {Fault}; while a talk is recorded it is tried each second. {Why}")]
    private partial void LogNothing(CameraId camera, CameraFault fault, string why);

    [LoggerMessage(3003, LogLevel.Warning, "{Camera} was given to another lease than {Epoch}; this capture ends")]
    private partial void LogFenced(CameraId camera, int epoch);

    [LoggerMessage(3004, LogLevel.Warning, "{Camera} records, and its grain does not hear of it now")]
    private partial void LogNotHeard(CameraId camera, Exception fault);

    [LoggerMessage(3008, LogLevel.Error, "The vault here takes nothing from {Camera} any more; a silo whose vault does goes on")]
    private partial void LogMovesOn(CameraId camera);

    [LoggerMessage(3009, LogLevel.Error, "The vault takes nothing from {Camera}: {Fault}. {Why}")]
    private partial void LogVaultFailed(CameraId camera, CameraFault fault, string why);

    [LoggerMessage(3006, LogLevel.Warning, "{Camera} gives no sound any more; the picture goes on")]
    private partial void LogSilent(CameraId camera);

    [LoggerMessage(3005, LogLevel.Error, "{Camera}: a run ended in a way that was not thought of")]
    private partial void LogUnexpected(CameraId camera, Exception fault);
}
