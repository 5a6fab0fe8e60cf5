using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Raises the alarm when the clock can no longer be trusted, says when it can again, and keeps on disk where it stands (R11).</summary>
internal sealed partial class ClockWatch(SteadyClock clock, ClockFile file, PeopleTrail trail, ILogger<ClockWatch> log) : BackgroundService
{
    // The alarm is for people; what must not happen is stopped by the clock itself, at once.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private bool wasTrusted = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await Look();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One look.</summary>
    public async Task Look()
    {
        try
        {
            file.Write(clock.Anchor);
            if (clock.Read() is var reading && reading.IsTrusted != wasTrusted)
            {
                await Say(reading);
                wasTrusted = reading.IsTrusted;
            }
        }
        catch (Exception fault)
        {
            // Said again at the next look, when disk or database answer.
            LogNotSaid(fault);
        }
    }

    private async Task Say(ClockReading reading)
    {
        if (reading.IsTrusted)
        {
            LogTrusted();
        }
        else
        {
            LogNotTrusted(reading.Wall, reading.Counted);
        }

        await trail.Note(
            "silo", reading.IsTrusted ? "clock-trusted" : "clock-not-trusted", $"silo/{Environment.MachineName}", AuditResult.Done,
            new { reading.Wall, reading.Counted });
    }

    [LoggerMessage(4011, LogLevel.Critical, "The clock says {Wall} and should say {Counted}: erasure rests and no recording starts until it is set right or accepted")]
    private partial void LogNotTrusted(DateTimeOffset wall, DateTimeOffset counted);

    [LoggerMessage(4012, LogLevel.Warning, "The clock can be trusted again")]
    private partial void LogTrusted();

    [LoggerMessage(4013, LogLevel.Error, "How the clock stands could not be kept or said; it is tried again")]
    private partial void LogNotSaid(Exception fault);
}
