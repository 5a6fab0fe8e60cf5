using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>What the portal says of looking back: the closed lists in words.</summary>
internal static class AccessText
{
    public static string Of(Purpose purpose, IStringLocalizer text) => purpose switch
    {
        Purpose.ReportToPolice => text["aangifte bij de politie"],
        Purpose.DenialOfAccess => text["ontzegging van de toegang"],
        Purpose.ClaimForDamage => text["schadeclaim"],
        Purpose.Complaint => text["klacht"],
        Purpose.DataSubjectRequest => text["verzoek van de betrokkene zelf"],
        _ => text["vordering van de officier van justitie"],
    };

    public static string Of(RefusalReason reason, IStringLocalizer text) => reason switch
    {
        RefusalReason.PurposeNotAllowed => text["doel niet toegestaan"],
        RefusalReason.WindowTooWide => text["tijdvak te ruim"],
        RefusalReason.NotNecessary => text["niet noodzakelijk"],
        RefusalReason.TooLate => text["te laat"],
        _ => text["een ander beslist hierover"],
    };

    public static string Of(WithdrawalReason reason, IStringLocalizer text) => reason switch
    {
        WithdrawalReason.NoLongerNecessary => text["niet meer nodig"],
        WithdrawalReason.GivenInError => text["ten onrechte gegeven"],
        WithdrawalReason.Objection => text["er is bezwaar gemaakt"],
        _ => text["vermoeden van misbruik"],
    };

    public static string Of(BackQuestion question, IStringLocalizer text) => question switch
    {
        BackQuestion.WhichMinutes => text["Welke minuten zijn ten minste nodig?"],
        BackQuestion.OtherMeans => text["Kan het niet anders, bijvoorbeeld met een verklaring van wie erbij was?"],
        _ => text["Loopt de zaak nog?"],
    };

    public static string Of(BackAnswer answer, IStringLocalizer text) => answer switch
    {
        BackAnswer.Narrower => text["Dit kortere tijdvak is genoeg"],
        BackAnswer.AllNeeded => text["Alle gevraagde minuten zijn nodig"],
        BackAnswer.NoOtherMeans => text["Het kan niet anders"],
        BackAnswer.OtherMeansTried => text["Iets anders is geprobeerd en was niet genoeg"],
        BackAnswer.Pending => text["De zaak loopt"],
        _ => text["De zaak is gesloten"],
    };

    /// <summary>Where a request is, in one or two words.</summary>
    public static string Of(AccessRequestView request, DateTimeOffset now, IStringLocalizer text) => request.Decision switch
    {
        Decision.Approved { Grant: var grant } => now < grant.ValidUntil ? text["toegestaan"] : text["toestemming voorbij"],
        Decision.Refused => text["geweigerd"],
        Decision.Withdrawn => text["toestemming ingetrokken"],
        Decision.Retracted => text["verzoek ingetrokken"],
        Decision.Lapsed => text["vervallen"],
        _ when now >= request.RecordingExpiresAt => text["te laat: opname vernietigd"],
        _ => request.Exchanges.LastOrDefault() is { Reply: null } ? text["vraag staat open"] : text["wacht op besluit"],
    };

    public static string Of(RecordingStage stage, IStringLocalizer text) => stage switch
    {
        RecordingStage.Capturing => text["wordt opgenomen"],
        RecordingStage.Sealed => text["afgesloten"],
        RecordingStage.Held => text["gesloten wegens bezwaar"],
        RecordingStage.Unknown => text["onbekend"],
        _ => text["vernietigd"],
    };

    /// <summary>Why a viewing is over, as a sentence.</summary>
    public static string Of(ViewingRefusal why, IStringLocalizer text) => why switch
    {
        ViewingRefusal.Withdrawn => text["De toestemming is ingetrokken. De inzage is daarom gestopt."],
        ViewingRefusal.Lapsed => text["U bent geen camerabeheerder meer. De inzage is daarom gestopt."],
        ViewingRefusal.TermPassed => text["De termijn van de toestemming is voorbij. De inzage is daarom gestopt."],
        ViewingRefusal.RecordingGone => text["De bewaartermijn van de opname is voorbij. Niemand kan haar nog bekijken."],
        ViewingRefusal.UsedUp => text["U hebt deze toestemming al gebruikt."],
        ViewingRefusal.Ended => text["Deze inzage is beëindigd."],
        ViewingRefusal.ObjectionOpen => text["Er loopt een bezwaar. Zolang dat niet is beoordeeld, kijkt niemand."],
        _ => text["Er is geen toestemming die geldt."],
    };

    /// <summary>How much time is left, in the largest unit that says it.</summary>
    public static string Left(TimeSpan left, IStringLocalizer text) => left switch
    {
        { Ticks: <= 0 } => text["geen tijd meer"],
        { TotalDays: >= 2 } => text["nog {0} dagen", (int)left.TotalDays],
        { TotalHours: >= 2 } => text["nog {0} uur", (int)left.TotalHours],
        { TotalMinutes: >= 2 } => text["nog {0} minuten", (int)left.TotalMinutes],
        _ => text["nog een minuut"],
    };
}
