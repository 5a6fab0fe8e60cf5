using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Regulations;

namespace RecordingCluster.Grains.Rooms;

[GrainType("town-hall"), CollectionAgeLimit(AlwaysActive = true)]
internal sealed class TownHallGrain(
    [PersistentState("town-hall")] IPersistentState<TownHallState> stored,
    SitePlan plan,
    RecordingRules rules,
    CurrentCaller callers,
    TimeProvider clock) : Grain, ITownHallGrain
{
    public async Task<BookOutcome> GiveRoom(BookingId booking, BookingRequest request)
    {
        // One booking after the other comes through here. A talk that is lengthened or goes to another room claims that room
        // by itself meanwhile: the room has the last word, and the next that was free is asked.
        var (agendas, apart) = (await Agendas(request.Assessment.Risk), await Apart());
        foreach (var room in RoomChoice.Find(agendas, booking, request.Time, apart))
        {
            if (await GrainFactory.Room(room).Reserve(booking, request.Time, apart))
            {
                return new BookOutcome.Given(room);
            }
        }

        return new BookOutcome.NoneFree(RoomChoice.NextFree(agendas, booking, request.Time, apart));
    }

    public async Task<ImmutableArray<RoomId>> FreeRooms(BookingId booking, Risk risk, TimeRange time) =>
        RoomChoice.Find(await Agendas(risk), booking, time, await Apart());

    public async Task<ImmutableArray<RoomView>> Rooms() =>
        [.. await Task.WhenAll(plan.Rooms.Select(room => GrainFactory.Room(room.Id).Read()))];

    public async Task<ImmutableArray<KeptRequest>> Requests()
    {
        var caller = callers.Get();
        var requests = stored.State.ByTimeLeft(clock.GetUtcNow());
        return caller.Has(Roles.CameraAdministrator) ? requests.RemoveAll(request => request.AskedBy != caller.Subject)
            : caller.Has(Roles.Deputy) && await GrainFactory.Deputies(plan.Site).Covering(caller) is null ? []
            : requests;
    }

    public Task RequestAsked(KeptRequest request) => stored.Store(stored.State.Asked(request));

    public Task RequestDecided(AccessRequestId request) => stored.Store(stored.State.Decided(request));

    private async Task<TimeSpan> Apart() => (await GrainFactory.Terms(plan.Site)).Grace + rules.SetUp;

    private Task<RoomAgenda[]> Agendas(Risk risk) => Task.WhenAll(RoomChoice.OfKind(plan, risk)
        .Select(async room => new RoomAgenda(room.Id, await GrainFactory.Room(room.Id).Agenda())));
}
