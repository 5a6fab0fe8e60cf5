using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Tells the other silos whether this one's vault has space for another part: by that a camera's grain is placed.</summary>
/// <remarks>
/// Told every few seconds, so that a silo that comes later knows too, and at once when a part was refused or cut off. The last word
/// of a silo that is gone does no harm: nothing is placed there.
/// </remarks>
internal sealed partial class VaultSpaceWatch(
    VaultOptions vault, VaultSpaces spaces, ISiloPlaces places, IGrainFactory grains, SiloCalls silo, TimeProvider clock, ILogger<VaultSpaceWatch> log) : BackgroundService
{
    // A minute of one camera at 8 Mbit/s. What a whole talk needs is reserved before it, or refused.
    private const long Least = 60L * 8_000_000 / 8;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    // A recording waits for this. Who does not hear it now hears it next time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long needed = Least;
    private bool hadSpace = true;

    /// <summary>
    /// A part was refused, or cut off, for want of space or by a disk out of order. The vault is used again when there is more space than
    /// now; until then it is the last choice.
    /// </summary>
    public Task Refused()
    {
        lock (gate)
        {
            needed = Math.Max(needed, Free() + Least);
        }

        return Tell();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TellEvery, clock);
        do
        {
            await Tell();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Tell()
    {
        var space = new VaultSpace(vault.Name!, Look());
        spaces.Know(space);
        await Task.WhenAll(places.Silos.Where(name => name != vault.Name).Select(name => Tell(name, space)));
    }

    private bool Look()
    {
        lock (gate)
        {
            var hasSpace = Free() >= needed;
            if (hasSpace)
            {
                needed = Least;
            }

            if (hasSpace != hadSpace)
            {
                LogSpace(hasSpace ? "takes parts again" : "takes no other part: cameras are recorded elsewhere where that can be");
                hadSpace = hasSpace;
            }

            return hasSpace;
        }
    }

    private async Task Tell(string sister, VaultSpace space)
    {
        try
        {
            using var _ = silo.Begin();
            await grains.Vault(sister).KnowSpace(space).WaitAsync(Patience, clock);
        }
        catch (Exception fault)
        {
            LogNotTold(sister, fault);
        }
    }

    // On a disk that is gone there is none, nor where the folder is gone: what was in it is missed.
    private long Free()
    {
        try
        {
            return new DriveInfo(vault.Folder).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [LoggerMessage(4067, LogLevel.Warning, "The vault {State}")]
    private partial void LogSpace(string state);

    [LoggerMessage(4068, LogLevel.Debug, "{Sister} could not be told whether the vault here has space")]
    private partial void LogNotTold(string sister, Exception fault);
}
