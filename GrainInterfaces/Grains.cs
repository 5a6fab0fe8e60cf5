using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Health;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces;

/// <summary>From an id to its grain, so that a room's id cannot reach a camera.</summary>
public static class Grains
{
    public static ITownHallGrain TownHall(this IGrainFactory grains, SiteId site) => grains.GetGrain<ITownHallGrain>(site.Value);

    public static IRoomGrain Room(this IGrainFactory grains, RoomId room) => grains.GetGrain<IRoomGrain>(room.Value);

    public static ICameraGrain Camera(this IGrainFactory grains, CameraId camera) => grains.GetGrain<ICameraGrain>(camera.Value);

    public static IBookingGrain Booking(this IGrainFactory grains, BookingId booking) => grains.GetGrain<IBookingGrain>(booking.Value);

    public static IRecordingGrain Recording(this IGrainFactory grains, RecordingId recording) => grains.GetGrain<IRecordingGrain>(recording.Value);

    /// <param name="grains">The factory.</param>
    /// <param name="silo">The name of the silo whose recorder it is.</param>
    public static IRecorderGrain Recorder(this IGrainFactory grains, string silo) => grains.GetGrain<IRecorderGrain>(silo);

    /// <param name="grains">The factory.</param>
    /// <param name="silo">The name of the silo whose vault it is.</param>
    public static IVaultGrain Vault(this IGrainFactory grains, string silo) => grains.GetGrain<IVaultGrain>(silo);

    /// <param name="grains">The factory.</param>
    /// <param name="silo">The name of the silo whose health it is.</param>
    public static ISiloHealthGrain SiloHealth(this IGrainFactory grains, string silo) => grains.GetGrain<ISiloHealthGrain>(silo);

    /// <param name="grains">The factory.</param>
    /// <param name="silo">The name of the silo whose journal it is.</param>
    public static IJournalGrain Journal(this IGrainFactory grains, string silo) => grains.GetGrain<IJournalGrain>(silo);

    public static IAccessRequestGrain AccessRequest(this IGrainFactory grains, AccessRequestId request) => grains.GetGrain<IAccessRequestGrain>(request.Value);

    public static IDeputiesGrain Deputies(this IGrainFactory grains, SiteId site) => grains.GetGrain<IDeputiesGrain>(site.Value);

    public static IRegulationGrain Regulation(this IGrainFactory grains, SiteId site) => grains.GetGrain<IRegulationGrain>(site.Value);

    public static IAuditTrailGrain AuditTrail(this IGrainFactory grains, SiteId site) => grains.GetGrain<IAuditTrailGrain>(site.Value);
}
