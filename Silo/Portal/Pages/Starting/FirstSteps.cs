using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Portal.Pages.Starting;

/// <summary>What there must be before the first talk can be recorded, and what of it there is.</summary>
/// <param name="People">How many can sign in, by role.</param>
/// <param name="Cameras">All that hang in a room.</param>
/// <param name="Regulation">Null when none is in force.</param>
/// <param name="IsBooked">Whether a talk is booked or was lately; null for whom that is none of theirs.</param>
internal sealed record FirstSteps(ImmutableDictionary<Roles, int> People, ImmutableArray<CameraLook> Cameras, RegulationInForce? Regulation, bool? IsBooked)
{
    /// <summary>Who brings a town hall to its first talk.</summary>
    public const Roles Who = Roles.Operator | Roles.Secretary | Roles.DataProtectionOfficer;

    /// <summary>Without one of each there is no talk, or nobody to ask, decide and watch over.</summary>
    public static ImmutableArray<Roles> Needed { get; } = [Roles.Operator, Roles.Secretary, Roles.DataProtectionOfficer, Roles.Official, Roles.CameraAdministrator];

    public bool HasPeople => Needed.All(role => People[role] > 0);

    public bool HasRooms => !Cameras.IsEmpty;

    public bool HasCameras => HasRooms && Cameras.All(camera => camera.IsReady);

    public bool HasRegulation => Regulation is { Terms.Recording: true };

    public int Open => new[] { HasPeople, HasRooms, HasCameras, HasRegulation, IsBooked ?? true }.Count(done => !done);

    public static async Task<FirstSteps> Take(Caller caller, IGrainFactory grains, SitePlan plan, ISiloPlaces places, PeopleBook book)
    {
        var people = (await book.All()).ConvertAll(person => person.Facts);
        bool? isBooked = caller.Has(Roles.Operator | Roles.DataProtectionOfficer)
            ? (await grains.TownHall(plan.Site).Rooms()).Any(room => room.Talk is not null || !room.Reserved.IsEmpty || !room.Recordings.IsEmpty)
            : null;
        return new FirstSteps(
            Needed.Add(Roles.Reception).ToImmutableDictionary(role => role, role => people.Count(person => person.IsInPlaceAs(role))),
            [.. await CameraLook.TakeAll(grains, plan, places)],
            await grains.Regulation(plan.Site).InForce(),
            isBooked);
    }
}
