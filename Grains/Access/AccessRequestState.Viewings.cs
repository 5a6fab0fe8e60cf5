using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Access;

/// <summary>How a grant is used: each refusal has its own reason (R13, R14).</summary>
internal sealed partial record AccessRequestState
{
    /// <summary>Why nothing of a recording may be shown to anybody now, whatever was granted; null when it may.</summary>
    public static ViewingRefusal? WhyClosed(RecordingView recording) => recording.Stage switch
    {
        RecordingStage.Sealed => null,
        RecordingStage.Held => ViewingRefusal.ObjectionOpen,
        _ => ViewingRefusal.RecordingGone,
    };

    /// <summary>Why this person may not begin to look now; null when nothing stands against it.</summary>
    public ViewingRefusal? WhyNot(string person, DateTimeOffset now) =>
        Asking is { } asked && asked.Person != person ? ViewingRefusal.OtherPerson
        : WhyNotGranted(person, now) ?? (Phase is AccessPhase.Approved { Grant.Viewings: var most } && Viewings.Length >= most ? ViewingRefusal.UsedUp : null);

    public AccessRequestState BeginViewing(ViewingTicket ticket, DateTimeOffset now) =>
        this with { Viewings = Viewings.Add(new TicketedViewing(ticket, new Viewing(Viewings.Length + 1, now, []))) };

    /// <summary>Why a viewing does not go on; null when it does. Who cannot show the ticket hears of no viewing.</summary>
    public ViewingRefusal? WhyNotView(int viewing, ViewingTicket ticket, string person, DateTimeOffset now) =>
        Find(viewing) is not { } begun || begun.Ticket != ticket ? ViewingRefusal.NoSuchViewing
        : WhyNotGranted(person, now) ?? (begun.Viewing.EndedAt is null ? null : ViewingRefusal.Ended);

    /// <summary>Why this stretch may not be served now; null when it may.</summary>
    public ViewingRefusal? WhyNotServe(int viewing, ViewingTicket ticket, string person, TimeRange stretch, DateTimeOffset now) =>
        WhyNotView(viewing, ticket, person, now)
        ?? (Phase is AccessPhase.Approved { Grant.Window: var window } && window.Overlaps(stretch) ? null : ViewingRefusal.OutsideWindow);

    public AccessRequestState Served(int viewing, TimeRange stretch) =>
        Change(viewing, begun => begun with { Watched = begun.Watched.With(stretch) });

    public AccessRequestState EndViewing(int viewing, DateTimeOffset now) =>
        Change(viewing, begun => begun.EndedAt is null ? begun with { EndedAt = now } : begun);

    public TicketedViewing? Find(int viewing) => viewing > 0 && viewing <= Viewings.Length ? Viewings[viewing - 1] : null;

    private ViewingRefusal? WhyNotGranted(string person, DateTimeOffset now) => Phase switch
    {
        AccessPhase.Approved { Grant: var grant } when grant.Person != person => ViewingRefusal.OtherPerson,
        AccessPhase.Approved { Asking: var asking } when now >= asking.RecordingExpiresAt => ViewingRefusal.RecordingGone,
        AccessPhase.Approved { Grant: var grant } when now >= grant.ValidUntil => ViewingRefusal.TermPassed,
        AccessPhase.Approved => null,
        AccessPhase.Refused => ViewingRefusal.RefusedBySecretary,
        AccessPhase.Retracted => ViewingRefusal.Retracted,
        AccessPhase.Withdrawn => ViewingRefusal.Withdrawn,
        AccessPhase.Lapsed => ViewingRefusal.Lapsed,
        _ => ViewingRefusal.NotDecided,
    };

    private AccessRequestState Change(int viewing, Func<Viewing, Viewing> change)
    {
        var begun = Viewings[viewing - 1];
        var changed = begun with { Viewing = change(begun.Viewing) };
        return changed == begun ? this : this with { Viewings = Viewings.SetItem(viewing - 1, changed) };
    }
}
