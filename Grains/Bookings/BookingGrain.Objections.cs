using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Bookings;

/// <summary>Objections (R5): stored, and then carried out on the recording by whatever stands, so that a repeat does no harm.</summary>
internal sealed partial class BookingGrain
{
    private const string Objections = "objections";

    public async Task<ObjectOutcome> RecordObjection(ObjectionKind kind)
    {
        if (!Enum.IsDefined(kind))
        {
            throw RecordingClusterException.Invalid("kind", "comes from a closed list.", $"Choose one of {string.Join(", ", Enum.GetNames<ObjectionKind>())}.");
        }

        Known();
        await Settle();
        if (!stored.State.IsObjectable)
        {
            return new ObjectOutcome.NothingRecorded();
        }

        if (stored.State.Recording is { } recording
            && await GrainFactory.Recording(recording).Read() is { Stage: RecordingStage.Expired or RecordingStage.Erased or RecordingStage.Unknown } gone)
        {
            return new ObjectOutcome.Gone(gone.Certificate?.Number);
        }

        var (next, objection) = stored.State.RecordObjection(kind, Caller, clock.GetUtcNow());
        await Decide(next);
        return new ObjectOutcome.Open(objection, stored.State.Plan!.Room);
    }

    public Task<ObjectionOutcome> UpholdObjection(int number) => DecideObjection(number, (by, now) => new ObjectionDecision.Upheld(by, now));

    public Task<ObjectionOutcome> RejectObjection(int number, RejectionReason reason) => Enum.IsDefined(reason)
        ? DecideObjection(number, (by, now) => new ObjectionDecision.Rejected(reason, by, now))
        : throw RecordingClusterException.Invalid("reason", "comes from a closed list.", $"Choose one of {string.Join(", ", Enum.GetNames<RejectionReason>())}.");

    private async Task<ObjectionOutcome> DecideObjection(int number, Func<string, DateTimeOffset, ObjectionDecision> decision)
    {
        Known();
        await Settle();
        var found = stored.State.FindObjection(number)
            ?? throw new RecordingClusterException(ErrorKind.NotFound, $"Booking {Id} has no objection {number}. Read the booking for those it has.");
        if (found.Decision is null && !stored.State.MayDecide(Caller))
        {
            return new ObjectionOutcome.NotByYou();
        }

        var certificate = await Decide(stored.State.Decide(number, decision(Caller, clock.GetUtcNow())));
        var (decided, plan) = (stored.State.FindObjection(number)!, stored.State.Plan!);
        return decided.Decision is ObjectionDecision.Upheld
            ? new ObjectionOutcome.Upheld(decided, plan.Room, certificate?.Number, await RoomsToOffer(plan))
            : new ObjectionOutcome.Rejected(decided, plan.Room);
    }

    // The reminder is there before the decision is stored: whatever crash comes after, what was decided is carried out.
    private async Task<Certificate?> Decide(BookingState next)
    {
        await this.RegisterOrUpdateReminder(Objections, Retry, Retry);
        await stored.Store(next);
        return await CarryOutObjections();
    }

    private async Task<Certificate?> CarryOutObjections()
    {
        Certificate? certificate = null;
        if (stored.State is { Recording: { } id, Plan: { Objections.IsEmpty: false } plan })
        {
            var recording = GrainFactory.Recording(id);
            if (plan.IsObjectionUpheld)
            {
                certificate = await recording.Erase();
                await Task.WhenAll(site.Rooms.Select(room => GrainFactory.Room(room.Id).Forget(id)));
            }
            else
            {
                await (plan.HasOpenObjection ? recording.Hold() : recording.Release());
            }
        }

        await Unremind(Objections);
        return certificate;
    }

    private async Task<ImmutableArray<RoomId>> RoomsToOffer(Plan plan) => stored.State.Phase switch
    {
        BookingPhase.Booked => await GrainFactory.TownHall(site.Site).FreeRooms(Id, Risk.Normal, plan.Time),
        BookingPhase.Talking => await GrainFactory.TownHall(site.Site).FreeRooms(Id, Risk.Normal, RestOf(plan)),
        _ => [],
    };
}
