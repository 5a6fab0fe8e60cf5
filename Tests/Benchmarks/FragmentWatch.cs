using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Benchmarks;

/// <summary>When each of many recordings stored its last fragment, and the longest that one had to be waited for.</summary>
internal sealed class FragmentWatch
{
    private readonly TimeProvider clock = TimeProvider.System;
    private readonly ConcurrentDictionary<string, long> last = new();
    private readonly Lock gate = new();
    private TimeSpan longest;

    /// <summary>How many have stored a first fragment.</summary>
    public int Begun => last.Count;

    /// <summary>One more is stored.</summary>
    public void Store(string recording)
    {
        var now = clock.GetTimestamp();
        if (last.TryGetValue(recording, out var before))
        {
            Waited(clock.GetElapsedTime(before, now));
        }

        last[recording] = now;
    }

    /// <summary>Listens to what the recorder counts when a fragment is sealed and on disk.</summary>
    public MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument is { Meter.Name: CaptureMetrics.MeterName, Name: "recording.fragments" })
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, labels, _) => Store((string)labels[0].Value!));
        listener.Start();
        return listener;
    }

    /// <summary>The longest wait for a fragment in the time that comes, whether or not it has an end by then.</summary>
    public async Task<TimeSpan> Watch(TimeSpan length)
    {
        lock (gate)
        {
            longest = TimeSpan.Zero;
        }

        await Task.Delay(length, clock);
        foreach (var at in last.Values)
        {
            Waited(clock.GetElapsedTime(at));
        }

        lock (gate)
        {
            return longest;
        }
    }

    private void Waited(TimeSpan time)
    {
        lock (gate)
        {
            longest = time > longest ? time : longest;
        }
    }
}
