using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Copies;
using RecordingCluster.Silo.Hosting.Health;

namespace RecordingCluster.Tests.Health;

/// <summary>When something is wrong, and when not.</summary>
public sealed class HealthReadingTests
{
    private const long GiB = 1 << 30;

    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100, null, HealthStatus.Healthy)]
    [InlineData(100, 20, HealthStatus.Healthy)]
    [InlineData(100, 21, HealthStatus.Degraded)]
    [InlineData(1, null, HealthStatus.Degraded)]
    public void The_vault_is_looked_at_before_a_talk_no_longer_fits_and_days_before_it_is_full(int freeGiB, int? dailyGiB, HealthStatus status) =>
        Assert.Equal(status, new HealthReading.VaultSpace(freeGiB * GiB, 2 * GiB, dailyGiB * GiB).Status);

    [Fact]
    public void A_database_that_is_silent_and_a_clock_that_is_wrong_let_nothing_be_recorded()
    {
        Assert.Equal(HealthStatus.Healthy, new HealthReading.Database(TimeSpan.FromMilliseconds(3)).Status);
        Assert.Equal(HealthStatus.Unhealthy, new HealthReading.Database(null).Status);
        Assert.Equal(HealthStatus.Healthy, new HealthReading.Clock(new ClockReading(Nine, Nine, IsTrusted: true)).Status);
        Assert.Equal(HealthStatus.Unhealthy, new HealthReading.Clock(new ClockReading(Nine.AddDays(1), Nine, IsTrusted: false)).Status);
    }

    [Fact]
    public void One_camera_one_silo_and_one_late_erasure_are_enough_to_look_at()
    {
        Assert.Equal(HealthStatus.Healthy, new HealthReading.Cameras([Camera(null)]).Status);
        Assert.Equal(HealthStatus.Degraded, new HealthReading.Cameras([Camera(null), Camera(CameraFault.NoSound)]).Status);
        Assert.Equal(HealthStatus.Healthy, new HealthReading.Silos(["silo"], []).Status);
        Assert.Equal(HealthStatus.Degraded, new HealthReading.Silos(["silo"], ["silo-2"]).Status);
        Assert.Equal(HealthStatus.Healthy, new HealthReading.Erasure(Waiting: 3, Late: 0).Status);
        Assert.Equal(HealthStatus.Degraded, new HealthReading.Erasure(Waiting: 3, Late: 1).Status);
    }

    [Fact]
    public void A_second_copy_that_is_held_up_is_looked_at_at_once_and_one_that_is_slow_after_a_minute()
    {
        Assert.Equal(HealthStatus.Healthy, new HealthReading.Copies("silo-2", 0, TimeSpan.Zero, null).Status);
        Assert.Equal(HealthStatus.Healthy, new HealthReading.Copies("silo-2", 1, TimeSpan.FromSeconds(60), null).Status);
        Assert.Equal(HealthStatus.Degraded, new HealthReading.Copies("silo-2", 1, TimeSpan.FromSeconds(61), null).Status);
        Assert.Equal(HealthStatus.Degraded, new HealthReading.Copies("silo-2", 1, TimeSpan.Zero, CopyHindrance.Away).Status);
    }

    private static CameraReading Camera(CameraFault? fault) => new(new CameraId("camera-1"), new RoomId("room-1"), fault);
}
