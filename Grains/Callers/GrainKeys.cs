using System.Collections.Frozen;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Grains.Callers;

/// <summary>
/// Which keys a caller may use. Orleans makes a grain for any key that is sent, and what the grain then keeps and says carries
/// it: what is not there is refused before, and nobody's name becomes a key (R19).
/// </summary>
internal sealed class GrainKeys
{
    // By type, so that a call of a grain with another key (a Guid, or a name that only the cluster calls by) costs one look.
    private readonly FrozenDictionary<GrainType, Action<string>> checks;

    public GrainKeys(SitePlan plan)
    {
        var checks = new Dictionary<string, Action<string>>
        {
            ["booking"] = key => _ = BookingId.Of(key),
            ["room"] = key => _ = plan.Room(new RoomId(key)),
            ["camera"] = key => Require(plan.Rooms.Any(room => room.Camera?.Value == key), "camera"),
        };
        foreach (var one in (string[])["town-hall", "regulation", "deputies", "audit-trail"])
        {
            checks.Add(one, key => Require(plan.Site.Value == key, "site"));
        }

        this.checks = checks.ToFrozenDictionary(check => GrainType.Create(check.Key), check => check.Value);
    }

    /// <exception cref="RecordingClusterException">InvalidInput: a booking's reference breaks its rule. NotFound: there is no such room, camera or site. Neither repeats the key.</exception>
    public void Check(GrainId target)
    {
        if (checks.TryGetValue(target.Type, out var check))
        {
            check(target.Key.ToString()!);
        }
    }

    private static void Require(bool isThere, string what)
    {
        if (!isThere)
        {
            throw new RecordingClusterException(ErrorKind.NotFound, $"There is no such {what}. Use one that the configuration names.");
        }
    }
}
