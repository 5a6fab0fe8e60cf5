using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Copies;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>What a check found, in numbers. The words for it, with cause and remedy, are the portal's, so that page and answer say the same.</summary>
internal abstract record HealthReading
{
    private const string Key = "reading";

    private HealthReading()
    {
    }

    public abstract HealthStatus Status { get; }

    public static HealthReading? Of(HealthReportEntry entry) => entry.Data.TryGetValue(Key, out var reading) ? reading as HealthReading : null;

    public HealthCheckResult ToResult(Exception? fault = null) => new(Status, exception: fault, data: new Dictionary<string, object> { [Key] = this });

    /// <param name="Took">How long the last entry of the trail took to read; null when it could not be read.</param>
    public sealed record Database(TimeSpan? Took) : HealthReading
    {
        public override HealthStatus Status => Took is null ? HealthStatus.Unhealthy : HealthStatus.Healthy;
    }

    /// <param name="Waiting">Deeds that were done while the database was away and are not entered yet.</param>
    /// <param name="IsDamaged">Something in the journal is not what this silo wrote.</param>
    public sealed record Journal(int Waiting, bool IsDamaged) : HealthReading
    {
        public override HealthStatus Status => Waiting > 0 || IsDamaged ? HealthStatus.Degraded : HealthStatus.Healthy;
    }

    /// <param name="FreeBytes">Left on the vault's disk.</param>
    /// <param name="TalkBytes">What a long talk on all cameras takes.</param>
    /// <param name="DailyBytes">What was written a day of late; null when nothing was.</param>
    public sealed record VaultSpace(long FreeBytes, long TalkBytes, long? DailyBytes) : HealthReading
    {
        // Somebody must have come in time from a long weekend to a new disk.
        private const int FewDays = 5;

        /// <summary>How long the space lasts at that pace, were nothing erased meanwhile; null when the pace is not known.</summary>
        public double? Days => DailyBytes is > 0 and var daily ? FreeBytes / (double)daily : null;

        public bool IsForNoTalk => FreeBytes < TalkBytes;

        public override HealthStatus Status => IsForNoTalk || Days < FewDays ? HealthStatus.Degraded : HealthStatus.Healthy;
    }

    /// <summary>The vault's folder, which the silo made at its start, is gone.</summary>
    /// <param name="Folder">Where it was.</param>
    public sealed record NoVault(string Folder) : HealthReading
    {
        public override HealthStatus Status => HealthStatus.Unhealthy;
    }

    /// <param name="LookedAt">When all files of this silo's vault were last looked through; null when not since its start.</param>
    /// <param name="Wrong">Parts that are damaged, cut off or missing.</param>
    public sealed record VaultFiles(DateTimeOffset? LookedAt, ImmutableArray<string> Wrong) : HealthReading
    {
        public override HealthStatus Status => Wrong.IsEmpty ? HealthStatus.Healthy : HealthStatus.Degraded;
    }

    /// <param name="Sister">The silo in whose vault the copies are.</param>
    /// <param name="Parts">Parts of this silo's that lack something there, or are not known to be whole.</param>
    /// <param name="Behind">For how long one of them has.</param>
    /// <param name="Why">What holds them up; null when nothing does.</param>
    public sealed record Copies(string Sister, int Parts, TimeSpan Behind, CopyHindrance? Why) : HealthReading
    {
        // Copying follows within a second or two; what takes longer does not keep up.
        private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

        public override HealthStatus Status => Parts > 0 && (Why is not null || Behind > Long) ? HealthStatus.Degraded : HealthStatus.Healthy;
    }

    public sealed record Clock(ClockReading Reading) : HealthReading
    {
        public override HealthStatus Status => Reading.IsTrusted ? HealthStatus.Healthy : HealthStatus.Unhealthy;
    }

    /// <param name="Running">By name.</param>
    /// <param name="Gone">Those that ran lately and do not now.</param>
    public sealed record Silos(ImmutableArray<string> Running, ImmutableArray<string> Gone) : HealthReading
    {
        public override HealthStatus Status => Gone.IsEmpty ? HealthStatus.Healthy : HealthStatus.Degraded;
    }

    public sealed record Cameras(ImmutableArray<CameraReading> All) : HealthReading
    {
        public IEnumerable<CameraReading> Faulty => All.Where(camera => camera.Fault is not null);

        public override HealthStatus Status => Faulty.Any() ? HealthStatus.Degraded : HealthStatus.Healthy;
    }

    /// <param name="Waiting">Recordings whose term has passed and of which this silo's vault still has something; none of it can be read (R8).</param>
    /// <param name="Late">Those of them that should have been gone long ago (R9).</param>
    public sealed record Erasure(int Waiting, int Late) : HealthReading
    {
        public override HealthStatus Status => Late > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
    }
}

/// <summary>One camera.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="Room">Where it is.</param>
/// <param name="Fault">What is wrong with it; null when nothing is known to be.</param>
internal sealed record CameraReading(CameraId Camera, RoomId Room, CameraFault? Fault);
