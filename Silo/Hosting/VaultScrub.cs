using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Silo.Vault;
using RecordingCluster.Silo.Vault.Checking;

namespace RecordingCluster.Silo.Hosting;

/// <summary>
/// Looks at every part once a day, all of it, and names what disks do to files: a flipped bit, a cut end, a file that is gone. A
/// recording that nobody looks at for 13 days must not turn out damaged on the day it is needed.
/// </summary>
/// <param name="vault">This silo's.</param>
/// <param name="readRows">The rows of recordings of which this vault should have something.</param>
/// <param name="clock">Of the silo.</param>
/// <param name="log">Where findings are named.</param>
internal sealed partial class VaultScrub(FileVault vault, Func<IReadOnlyList<RecordingRow>> readRows, TimeProvider clock, ILogger<VaultScrub> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    // After a start there is enough to do.
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(10);

    // It reads for a tenth of the time at most: recording comes first. 14 days of two cameras at 2 Mbit/s, 8 hours a day, are
    // 200 GB; at 200 MB/s that is 17 minutes of reading, so three hours in all.
    private const int RestsFor = 9;

    // An erasure's steps are milliseconds apart, and what is found between two of them is no finding.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <summary>The last round; null before the first has ended.</summary>
    public ScrubRound? Last { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(FirstAfter, clock, stoppingToken);
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Looks at everything once, and a second time at what seems wrong.</summary>
    public async Task Round(CancellationToken cancellation)
    {
        var found = await Look(vault.Held(), null, cancellation);
        if (found.Count > 0)
        {
            await Task.Delay(BetweenLooks, clock, cancellation);
            var suspects = found.Select(finding => finding.What).ToHashSet();
            found = [.. (await Look(vault.Held(), suspects, cancellation)).Intersect(found)];
        }

        Last = new ScrubRound(clock.GetUtcNow(), [.. found]);
        foreach (var finding in found)
        {
            LogFound(finding.What, finding.Reason);
        }
    }

    // Of parts that are no suspects, a second look takes the file's place alone.
    private async Task<List<VaultFinding>> Look(IReadOnlyList<PartId> parts, HashSet<string>? suspects, CancellationToken cancellation)
    {
        var seen = new List<SeenPart>();
        foreach (var part in parts.Where(part => suspects?.Contains($"{part}") != false))
        {
            var began = clock.GetTimestamp();
            if (await vault.Examine(part) is { } exam)
            {
                seen.Add(exam);
            }

            await Task.Delay(RestsFor * clock.GetElapsedTime(began), clock, cancellation);
        }

        // Rows last: what was begun meanwhile has a row and a file that was not seen, so it is looked for once more.
        var unseen = vault.Held().Except(seen.Select(part => part.Id)).ToHashSet();
        var rows = readRows().Select(row => row with { Parts = [.. row.Parts.Where(part => !unseen.Contains(part.Id))] }).ToList();
        var sight = new VaultSight(clock.GetUtcNow(), seen, [], ImmutableDictionary<RecordingId, DateTimeOffset>.Empty, ImmutableHashSet<RecordingId>.Empty, rows, []);
        return [.. VaultComparison.FindInParts(sight).Where(finding => finding.Kind is VaultFindingKind.Torn or VaultFindingKind.Missing)];
    }

    [LoggerMessage(4031, LogLevel.Critical, "{Part} {What}. Keep its file and the disk as they are, look at the disk's health, and tell the data protection officer")]
    private partial void LogFound(string part, string what);

    [LoggerMessage(4032, LogLevel.Error, "The files of the vault could not be looked through; it is tried again tomorrow")]
    private partial void LogFailed(Exception fault);
}

/// <summary>One look at all files.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Findings">What is damaged, cut off or missing.</param>
internal sealed record ScrubRound(DateTimeOffset At, ImmutableArray<VaultFinding> Findings);
