using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Grains.Callers;

/// <summary>
/// Which keys a caller may use. Orleans makes a grain for any key that is sent, and what the grain then keeps and says carries
/// it: what is not there is refused before, and nobody's name becomes a key (R19).
/// </summary>
internal sealed class GrainKeys(SitePlan plan)
{
    /// <exception cref="RecordingClusterException">InvalidInput: a booking's reference breaks its rule. NotFound: there is no such room, camera or site. Neither repeats the key.</exception>
    public void Check(GrainId target)
    {
        var key = target.Key.ToString()!;
        _ = target.Type.ToString() switch
        {
            "booking" => BookingId.Of(key).Value,
            "room" => plan.Room(new RoomId(key)).Id.Value,
            "camera" when !plan.Rooms.Any(room => room.Camera?.Value == key) => throw NoSuch("camera"),
            "town-hall" or "regulation" or "deputies" or "audit-trail" when plan.Site.Value != key => throw NoSuch("site"),
            _ => key, // a Guid, or a name that only the cluster itself calls by
        };
    }

    private static RecordingClusterException NoSuch(string what) =>
        new(ErrorKind.NotFound, $"There is no such {what}. Use one that the configuration names.");
}
