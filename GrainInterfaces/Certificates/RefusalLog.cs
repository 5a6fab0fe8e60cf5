using System.Net;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>Says the first refusal at once, and what follows as a count: a flood must not fill the log, and with it the disk.</summary>
internal sealed class RefusalLog(TimeProvider clock, Action<long, string?, string> write) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private long all;
    private long unsaid;
    private (string? Remote, string Why) last;
    private ITimer? pause;

    public long Count => Interlocked.Read(ref all);

    public void Add(EndPoint? remote, string why)
    {
        Interlocked.Increment(ref all);
        lock (gate)
        {
            last = ((remote as IPEndPoint)?.Address.ToString(), why);
            unsaid++;
            if (pause is null)
            {
                Say();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            pause?.Dispose();
        }
    }

    private void Say()
    {
        var count = unsaid;
        unsaid = 0;
        pause?.Dispose();
        pause = clock.CreateTimer(_ => EndPause(), null, Every, Timeout.InfiniteTimeSpan);
        write(count, last.Remote, last.Why);
    }

    private void EndPause()
    {
        lock (gate)
        {
            if (unsaid > 0)
            {
                Say();
            }
            else
            {
                pause?.Dispose();
                pause = null;
            }
        }
    }
}
