using System.IO.Pipelines;
using System.IO.Pipes;
using CliWrap;
using CliWrap.Exceptions;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Capture;

/// <summary>How an ffmpeg ended.</summary>
internal abstract record FfmpegEnd
{
    private FfmpegEnd()
    {
    }

    /// <summary>What it said last, without secrets and in one line; null where that does not matter.</summary>
    public virtual string? Words => null;

    /// <summary>We asked it to.</summary>
    public sealed record ByRequest : FfmpegEnd;

    /// <summary>By itself. The exit code says little: it is 0 for a camera that broke off.</summary>
    public sealed record ByFault(int ExitCode, IReadOnlyList<string> LastLines) : FfmpegEnd
    {
        // What of it failed, and what that is for the camera; before it come the streams.
        private const int Telling = 2;

        public override string Words => $"ffmpeg ended with {ExitCode}, after: {string.Join(" / ", LastLines.TakeLast(Telling))}";
    }

    /// <summary>By us, since the camera sent it to another address (R20).</summary>
    public sealed record SentElsewhere : FfmpegEnd;
}

/// <summary>One ffmpeg from its start to its end.</summary>
internal sealed class FfmpegProcess : IAsyncDisposable
{
    // 4 cameras x 8 Mbit/s x 8 s = 32 MB held at most while a disk is slow; one camera may have all of it.
    private const int MostBytesWaiting = 32 << 20;

    // What the system lets anybody have (pipe(7), fs.pipe-max-size): 4 s at 2 Mbit/s, which ffmpeg writes without waiting for a reader.
    private const int SystemPipeBytes = 1 << 20;

    private const int LeastBytesAtOnce = 64 << 10;

    private const int MostLinesKept = 20;

    // What ffmpeg 5.1 says when it is redirected. It cannot be told not to follow, and the handover sends it to the camera: once.
    private const string Redirected = "Redirecting to ";
    private const int RedirectsOfHandover = 1;

    // What it says when it has found the camera's tracks: after any word of being sent elsewhere, and before it writes anything.
    private const string HasInput = "Input #0";

    // It has this long to write its last fragment after SIGINT.
    private static readonly TimeSpan PoliteWait = TimeSpan.FromSeconds(3);

    // ffmpeg writes a fragment in pieces of 32 KB, all at once: whoever reads each when it comes is woken for each. So after a first
    // piece, which had to be waited for, the others may come; what is there already is read without a pause.
    private static readonly TimeSpan RestOfFragment = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource polite = new();
    private readonly CancellationTokenSource forceful = new();
    private readonly AddressHandover handover = new();
    private readonly Queue<string> lastLines = [];
    private readonly TaskCompletionSource<bool> atCamera = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Pipe output = new(new System.IO.Pipelines.PipeOptions(pauseWriterThreshold: MostBytesWaiting, resumeWriterThreshold: MostBytesWaiting / 2, minimumSegmentSize: SystemPipeBytes, useSynchronizationContext: false));
    private readonly TimeProvider clock;
    private int redirects;

    private FfmpegProcess(TimeProvider clock) => this.clock = clock;

    /// <summary>Its standard output.</summary>
    public PipeReader Output => output.Reader;

    /// <summary>
    /// Whether what it writes is the camera's own: known once it has said where it reads from, which comes by another pipe than
    /// its output. False when it was sent elsewhere, or ended before.
    /// </summary>
    public Task<bool> AtCamera => atCamera.Task;

    public int ProcessId { get; private set; }

    /// <summary>Done when it has ended and all it said is read.</summary>
    public Task<FfmpegEnd> Ended { get; private set; } = null!;

    public static async Task<FfmpegProcess> Start(FfmpegCommand command, TimeProvider clock)
    {
        var process = new FfmpegProcess(clock);
        var child = Cli.Wrap("setpriv")
            .WithArguments(["--pdeathsig", "KILL", "ffmpeg", .. command.Arguments(process.handover.Entrance)])
            .WithStandardOutputPipe(PipeTarget.Create(process.Take))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => process.Hear(command.Redact(line).Replace(process.handover.Entrance, "[camera]", StringComparison.Ordinal))))
            .WithValidation(CommandResultValidation.None);
        var running = await ChildThread.Instance.Start(() => child.ExecuteAsync(process.forceful.Token, process.polite.Token));
        process.ProcessId = running.ProcessId;
        process.handover.Give(process.ProcessId, command.Address).Ignore();
        process.Ended = process.WaitForEnd(running);
        return process;
    }

    /// <summary>Asks it to end, waits, and kills it if it does not. Safe to repeat.</summary>
    public async Task Stop()
    {
        await polite.CancelAsync();
        try
        {
            await Ended.WaitAsync(PoliteWait, clock);
        }
        catch (TimeoutException)
        {
            await Kill();
        }
    }

    /// <summary>Ends it at once. Safe to repeat.</summary>
    public async Task Kill()
    {
        await forceful.CancelAsync();
        await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        polite.Dispose();
        forceful.Dispose();
    }

    private async Task<FfmpegEnd> WaitForEnd(CommandTask<CommandResult> running)
    {
        try
        {
            var result = await running;
            return polite.IsCancellationRequested ? new FfmpegEnd.ByRequest() : new FfmpegEnd.ByFault(result.ExitCode, Lines());
        }
        catch (OperationCanceledException)
        {
            return redirects > RedirectsOfHandover ? new FfmpegEnd.SentElsewhere() : new FfmpegEnd.ByRequest();
        }
        catch (Exception fault) when (fault is CliWrapException or IOException)
        {
            // Its input or output broke: it is gone.
            return new FfmpegEnd.ByFault(-1, Lines());
        }
        finally
        {
            handover.Dispose();
            atCamera.TrySetResult(false);
            await output.Writer.CompleteAsync();
        }
    }

    // Straight into the pipe's own memory.
    private async Task Take(Stream stdout, CancellationToken cancellation)
    {
        _ = Posix.TryWiden(((PipeStream)stdout).SafePipeHandle, SystemPipeBytes);
        while (true)
        {
            var memory = output.Writer.GetMemory(LeastBytesAtOnce);
            var reading = stdout.ReadAsync(memory, cancellation);
            var isAwaited = !reading.IsCompleted;
            var read = await reading;
            if (read == 0)
            {
                return;
            }

            output.Writer.Advance(read);
            await output.Writer.FlushAsync(cancellation);
            if (isAwaited)
            {
                await Task.Delay(RestOfFragment, clock, cancellation);
            }
        }
    }

    // One that is sent elsewhere says so before it connects, and is ended as soon as that is read here.
    private void Hear(string line)
    {
        if (line.Contains(Redirected, StringComparison.Ordinal) && ++redirects > RedirectsOfHandover)
        {
            atCamera.TrySetResult(false);
            forceful.Cancel();
        }

        if (line.StartsWith(HasInput, StringComparison.Ordinal))
        {
            atCamera.TrySetResult(true);
        }

        Keep(line);
    }

    private void Keep(string line)
    {
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > MostLinesKept)
            {
                lastLines.Dequeue();
            }
        }
    }

    private List<string> Lines()
    {
        lock (lastLines)
        {
            return [.. lastLines];
        }
    }
}
