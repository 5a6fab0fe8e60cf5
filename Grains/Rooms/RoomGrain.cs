using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Grains.Rooms;

[GrainType("room")]
internal sealed class RoomGrain(
    [PersistentState("room")] IPersistentState<RoomState> stored,
    SitePlan plan,
    ISiloPlaces places,
    TimeProvider clock) : Grain, IRoomGrain
{
    private PlannedRoom Planned => plan.Room(new RoomId(this.GetPrimaryKeyString()));

    public Task CheckSticker()
    {
        _ = Planned;
        return stored.Store(stored.State.CheckSticker(clock.Today()));
    }

    public async Task<RoomView> Read()
    {
        var room = Planned;
        var state = stored.State.Tidy(clock.GetUtcNow());
        return new RoomView(
            room.Id,
            room.Camera is { } camera ? await Look(camera) : null,
            state.StickerCheckedOn,
            state.Talk,
            state.Reserved,
            state.Recordings);
    }

    // A camera that no silo reaches tells nothing of itself; the room is there all the same.
    private async Task<CameraView> Look(CameraId camera) =>
        places.IsReached(camera) ? await GrainFactory.Camera(camera).Read() : new CameraView(camera, null, 0, null);

    public Task<ImmutableArray<Reservation>> Agenda() => Task.FromResult(stored.State.Tidy(clock.GetUtcNow()).Reserved);

    public async Task<bool> Reserve(BookingId booking, TimeRange time)
    {
        _ = Planned;
        await stored.Store(stored.State.Tidy(clock.GetUtcNow()).Reserve(booking, time));
        return stored.State.HasReserved(booking, time);
    }

    public async Task<RoomTalk> Occupy(RoomTalk talk)
    {
        _ = Planned;
        await stored.Store(stored.State.Occupy(talk));
        return stored.State.Talk!;
    }

    public Task Vacate(BookingId booking) => stored.Store(stored.State.Vacate(booking));

    public Task EndTalk(BookingId booking, KeptRecording? kept) => stored.Store(stored.State.EndTalk(booking, kept));

    public async Task Resume()
    {
        if (stored.State.Talk?.Recording is { } recording)
        {
            await GrainFactory.Recording(recording).Resume();
        }
    }
}
