using RecordingCluster.GrainInterfaces;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Trail;

/// <summary>Has a head of the trail signed at an interval. A head that could not be kept is tried again at the next, and said in the log.</summary>
internal sealed partial class HeadSigning(IGrainFactory grains, SiloCalls silo, SitePlan plan, TrailOptions options, TimeProvider clock, ILogger<HeadSigning> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.HeadEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Sign();
        }
    }

    private async Task Sign()
    {
        try
        {
            using var _ = silo.Begin();
            await grains.AuditTrail(plan.Site).SignHead();
        }
        catch (Exception fault)
        {
            LogNotSigned(fault);
        }
    }

    [LoggerMessage(4020, LogLevel.Error, "No head of the trail was signed and kept; it is tried again. Look at the folder of heads (Trail:HeadsFolder) and the database")]
    private partial void LogNotSigned(Exception fault);
}
