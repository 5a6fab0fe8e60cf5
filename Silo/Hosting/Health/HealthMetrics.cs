using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Grains.Away;
using RecordingCluster.Silo.Away;
using RecordingCluster.Silo.Copies;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>The last findings of all checks as numbers, for who draws them and is woken by them. Labels name checks, cameras and faults (R19).</summary>
internal sealed class HealthMetrics : IHealthCheckPublisher
{
    public const string MeterName = "RecordingCluster.Health";

    private volatile HealthReport? last;

    public HealthMetrics(IMeterFactory meters, DatabasePresence database, JournalFile journal, TimeProvider clock, SecondCopies? copies = null)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("recording.health", Statuses, description: "What a check found: 0 healthy, 1 to be looked at, 2 broken.");
        meter.CreateObservableGauge("recording.database.away", () => database.AwaySince is { } since ? (clock.GetUtcNow() - since).TotalSeconds : 0, "s", "For how long the database has not answered, or taken nothing; 0 while it does.");
        meter.CreateObservableGauge("recording.journal.waiting", () => journal.Waiting.Length, "{entry}", "Deeds that were done while the database was away and are not entered yet.");
        meter.CreateObservableGauge("recording.camera.faults", Faults, "{fault}", "1 while something is wrong with a camera, recording or at rest; 0 otherwise.");
        meter.CreateObservableGauge("recording.vault.free", () => Each<HealthReading.VaultSpace>(space => space.FreeBytes), "By", "Left on the vault's disk.");
        meter.CreateObservableGauge("recording.vault.damaged", () => Each<HealthReading.VaultFiles>(files => files.Wrong.Length), "{part}", "Parts that are damaged or cut off, by the last look through all files, or missing.");
        meter.CreateObservableGauge("recording.copy.waiting", () => copies?.Lag.Parts ?? 0, "{part}", "Parts of this silo's that lack something in the vault of its sister, or are not known to be whole there; 0 where no second copy is kept.");
        meter.CreateObservableGauge("recording.copy.behind", () => copies?.Lag.Since is { } since ? (clock.GetUtcNow() - since).TotalSeconds : 0, "s", "For how long one of them has; 0 while none does.");
        meter.CreateObservableGauge("recording.erasure.waiting", () => Each<HealthReading.Erasure>(erasure => erasure.Waiting), "{recording}", "Recordings past their term of which the vault still has something; none can be read.");
        meter.CreateObservableGauge("recording.erasure.late", () => Each<HealthReading.Erasure>(erasure => erasure.Late), "{recording}", "Those of them that are more than an hour late.");
        meter.CreateObservableGauge("recording.clock.off", () => Each<HealthReading.Clock>(clock => clock.Reading.Off.TotalSeconds), "s", "How far the wall clock is ahead of what was counted.");
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        last = report;
        return Task.CompletedTask;
    }

    private IEnumerable<Measurement<int>> Statuses() => (last?.Entries ?? new Dictionary<string, HealthReportEntry>())
        .Select(entry => new Measurement<int>(HealthStatus.Healthy - entry.Value.Status, KeyValuePair.Create<string, object?>("check", entry.Key)));

    private IEnumerable<Measurement<int>> Faults() => Readings<HealthReading.Cameras>().SelectMany(cameras => cameras.All)
        .Select(camera => new Measurement<int>(
            camera.Fault is null ? 0 : 1, KeyValuePair.Create<string, object?>("camera", camera.Camera.Value), KeyValuePair.Create<string, object?>("fault", camera.Fault?.ToString() ?? "None")));

    private IEnumerable<Measurement<double>> Each<T>(Func<T, double> number)
        where T : HealthReading => Readings<T>().Select(reading => new Measurement<double>(number(reading)));

    private IEnumerable<T> Readings<T>()
        where T : HealthReading => (last?.Entries.Values ?? []).Select(HealthReading.Of).OfType<T>();
}
