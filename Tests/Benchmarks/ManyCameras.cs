using System.Diagnostics;
using System.Diagnostics.Metrics;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Benchmarks;

/// <summary>Cameras that are recorded at once, more and more of them.</summary>
internal interface IManyCameras : IAsyncDisposable
{
    FragmentWatch Watch { get; }

    /// <summary>Begins with those of these numbers, and does not wait for them.</summary>
    void Begin(int from, int to);
}

/// <summary>As a silo records them.</summary>
internal sealed class OurCameras : IManyCameras
{
    private readonly BenchRecorder recorder;
    private readonly MeterListener listener;
    private readonly List<Task> starts = [];
    private volatile bool isOver;

    public OurCameras(string folder, BenchCamera[] servers, int most)
    {
        listener = Watch.Listen();
        recorder = new BenchRecorder(folder, Enumerable.Range(0, most).ToDictionary(Id, number => servers[number % servers.Length].Address));
    }

    public FragmentWatch Watch { get; } = new();

    public void Begin(int from, int to) => starts.AddRange(Enumerable.Range(from, to - from).Select(number => Task.Run(() => Start(Id(number)))));

    public async ValueTask DisposeAsync()
    {
        isOver = true;
        await Task.WhenAll(starts);
        await recorder.End();
        recorder.Dispose();
        listener.Dispose();
    }

    // A start that failed is tried again, as an official does.
    private async Task Start(CameraId camera)
    {
        while (!isOver)
        {
            try
            {
                await recorder.Start(camera);
                return;
            }
            catch (InvalidOperationException fault)
            {
                Console.WriteLine($"{camera}: {fault.Message}");
            }
        }
    }

    private static CameraId Id(int number) => new($"camera-{number}");
}

/// <summary>Copied to files, each by an ffmpeg of its own. A file grows when a fragment is written.</summary>
internal sealed class PlainCameras : IManyCameras
{
    private readonly string folder;
    private readonly BenchCamera[] servers;
    private readonly List<(Process Process, string File)> copies = [];
    private readonly Dictionary<string, long> lengths = [];
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task looking;

    public PlainCameras(string folder, BenchCamera[] servers)
    {
        this.folder = Directory.CreateDirectory(Path.Combine(folder, $"plain-{Guid.NewGuid():N}")).FullName;
        this.servers = servers;
        looking = Task.Run(Look);
    }

    public FragmentWatch Watch { get; } = new();

    public int[] Processes
    {
        get
        {
            lock (gate)
            {
                return [.. copies.Select(copy => copy.Process.Id)];
            }
        }
    }

    public void Begin(int from, int to)
    {
        lock (gate)
        {
            for (var number = from; number < to; number++)
            {
                var file = Path.Combine(folder, $"{number}.mov");
                copies.Add((servers[number % servers.Length].Copy(file), file));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await looking;
        foreach (var (process, _) in copies)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        stop.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Look()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await tick.WaitForNextTickAsync(stop.Token))
            {
                LookOnce();
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private void LookOnce()
    {
        lock (gate)
        {
            foreach (var (_, file) in copies)
            {
                var length = new FileInfo(file) is { Exists: true } there ? there.Length : 0;
                if (length > lengths.GetValueOrDefault(file))
                {
                    lengths[file] = length;
                    Watch.Store(file);
                }
            }
        }
    }
}
