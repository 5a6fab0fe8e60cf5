using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Bookings;

/// <summary>The talk goes to another room, before or while it goes on (R4).</summary>
internal sealed partial class BookingGrain
{
    public async Task<SwapOutcome> SwapRoom(RoomId room)
    {
        var plan = Known();
        await Settle();
        if (stored.State.Phase is not (BookingPhase.Booked or BookingPhase.Talking))
        {
            throw new RecordingClusterException(ErrorKind.Conflict, $"The talk of booking {Id} is over or was cancelled. Book another.");
        }

        plan = stored.State.Plan!;
        if (plan.Room == room)
        {
            return new SwapOutcome.Swapped(room);
        }

        if (site.Room(room).Camera is null == plan.IsToBeRecorded)
        {
            return new SwapOutcome.OtherKind(plan.IsToBeRecorded);
        }

        return stored.State.Phase is BookingPhase.Booked ? await SwapBefore(plan, room) : await SwapDuring(plan, room);
    }

    private async Task<SwapOutcome> SwapBefore(Plan plan, RoomId to)
    {
        if (!await GrainFactory.Room(to).Reserve(Id, plan.Time, await Apart()))
        {
            return await NotFree(plan, plan.Time);
        }

        await stored.Store(stored.State.Swap(to));
        await ReleaseAllBut(to, plan.Time);
        return new SwapOutcome.Swapped(to);
    }

    private async Task<SwapOutcome> SwapDuring(Plan plan, RoomId to)
    {
        var room = GrainFactory.Room(to);
        var missing = stored.State.Recording is null ? [] : stored.State.MissingNotices((await room.Read()).Sticker?.On, spoken: true, clock.Today());
        if (missing.Contains(NoticeKind.Sticker))
        {
            return new SwapOutcome.NoticesMissing([NoticeKind.Sticker]);
        }

        var rest = RestOf(plan);
        if (!await room.Reserve(Id, rest, await Apart()))
        {
            return await NotFree(plan, rest);
        }

        await stored.Store(stored.State.Swap(to));
        return await CarryOutSwap();
    }

    // Stored as going on, it is carried out again after a crash, and comes to the same end. The rooms are told before it is
    // stored as done, so that none of them is left with a talk that went elsewhere.
    private async Task<SwapOutcome> CarryOutSwap()
    {
        var (plan, _, to) = (BookingPhase.Swapping)stored.State.Phase;
        var recording = plan.IsToBeRecorded ? stored.State.Recording : null;
        if (await Occupy(GrainFactory.Room(to), recording) is not null)
        {
            await GiveUpSwap(to);
            return await NotFree(plan, RestOf(plan));
        }

        if (recording is { } moving && await GrainFactory.Recording(moving).Move(await OrderFor(to)) is { } fault)
        {
            await GiveUpSwap(to);
            return new SwapOutcome.CameraNotReady(CameraOf(to)!.Value, fault);
        }

        await GrainFactory.Room(plan.Room).EndTalk(Id, recording is { } moved ? await KeptOf(moved) : null);
        await stored.Store(stored.State.Swapped());
        return new SwapOutcome.Swapped(to);
    }

    private async Task GiveUpSwap(RoomId to)
    {
        await GrainFactory.Room(to).EndTalk(Id, null);
        await stored.Store(stored.State.GiveUpSwap());
    }

    private async Task<SwapOutcome> NotFree(Plan plan, TimeRange time) => new SwapOutcome.NotFree(
        (await GrainFactory.TownHall(site.Site).FreeRooms(Id, plan.IsToBeRecorded ? Risk.Raised : Risk.Normal, time)).Remove(plan.Room));

    private async Task<TimeSpan> Apart() => (await Terms()).Grace + rules.SetUp;

    // A talk within its grace is in nobody's way: a moment is enough to ask for.
    private TimeRange RestOf(Plan plan) => clock.GetUtcNow() is var now && now < plan.Time.Until ? new TimeRange(now, plan.Time.Until) : new TimeRange(now, now.AddTicks(1));
}
