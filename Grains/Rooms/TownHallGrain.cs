using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Callers;

namespace RecordingCluster.Grains.Rooms;

[GrainType("town-hall")]
internal sealed class TownHallGrain(
    [PersistentState("town-hall")] IPersistentState<TownHallState> stored,
    SitePlan plan,
    CurrentCaller callers,
    TimeProvider clock) : Grain, ITownHallGrain
{
    public async Task<BookOutcome> GiveRoom(BookingId booking, BookingRequest request)
    {
        // One booking after the other comes through here, so that two never see the same room free.
        var agendas = await Task.WhenAll(RoomChoice.OfKind(plan, request.Assessment.Risk).Select(AgendaOf));
        return RoomChoice.Find(agendas, booking, request.Time) is { } room && await GrainFactory.Room(room).Reserve(booking, request.Time)
            ? new BookOutcome.Given(room)
            : new BookOutcome.NoneFree(RoomChoice.NextFree(agendas, request.Time));
    }

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

    private async Task<RoomAgenda> AgendaOf(PlannedRoom room) => new(room.Id, await GrainFactory.Room(room.Id).Agenda());
}
