using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Grains.Rooms;

[GrainType("room"), CollectionAgeLimit(AlwaysActive = true)] // few, and known while the database is away
internal sealed class RoomGrain(
    [PersistentState("room")] IPersistentState<RoomState> stored,
    SitePlan plan,
    CurrentCaller callers,
    ISiloPlaces places,
    TimeProvider clock) : Grain, IRoomGrain
{
    private PlannedRoom Planned => plan.Room(new RoomId(this.GetPrimaryKeyString()));

    public Task CheckSticker()
    {
        _ = Planned;
        return stored.Store(stored.State.CheckSticker(clock.Today(), callers.Get().Subject));
    }

    public async Task<RoomView> Read()
    {
        var room = Planned;
        var state = Tidy();
        return new RoomView(
            room.Id,
            room.Camera is { } camera ? await Look(camera) : null,
            state.Sticker,
            state.Talk,
            state.Reserved.RemoveAll(reservation => reservation.Time.Until <= clock.GetUtcNow()),
            state.Recordings);
    }

    // A camera that no silo reaches tells nothing of itself; the room is there all the same.
    private async Task<CameraView> Look(CameraId camera) =>
        places.IsReached(camera) ? await GrainFactory.Camera(camera).Read() : new CameraView(camera, null, 0, null);

    public Task<ImmutableArray<Reservation>> Agenda() => Task.FromResult(Tidy().Reserved);

    public async Task<bool> Reserve(BookingId booking, TimeRange time, TimeSpan apart)
    {
        await stored.Store(Tidy().Reserve(Planned.Id, booking, time, apart));
        return stored.State.HasReserved(booking, time);
    }

    public Task Release(BookingId booking, TimeRange? except) => stored.Store(stored.State.Release(booking, except));

    public async Task<RoomTalk> Occupy(RoomTalk talk)
    {
        _ = Planned;
        await stored.Store(stored.State.Occupy(talk));
        return stored.State.Talk!;
    }

    public Task Vacate(BookingId booking) => stored.Store(stored.State.Vacate(booking));

    public Task EndTalk(BookingId booking, KeptRecording? kept) => stored.Store(stored.State.EndTalk(booking, kept));

    public Task Forget(RecordingId recording) => stored.Store(stored.State.Forget(recording));

    public async Task Resume()
    {
        // During a swap two rooms have the talk; the recording says in which of them it is.
        if (stored.State.Talk?.Recording is { } id && GrainFactory.Recording(id) is var recording && (await recording.Read()).Room == Planned.Id)
        {
            await recording.Resume();
        }
    }

    private RoomState Tidy() => stored.State.Tidy(clock.GetUtcNow());
}
