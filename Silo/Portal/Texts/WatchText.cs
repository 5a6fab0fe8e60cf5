using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Trail;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>What the portal says to whoever watches over: the trail's words and closed lists, in plain ones.</summary>
internal static class WatchText
{
    /// <summary>What is most looked for, as the trail writes it.</summary>
    public static ImmutableArray<string> Deeds { get; } =
    [
        "access-request/", "access-request/ask", "access-request/approve", "access-request/refuse", "access-request/withdraw", "access-request/begin-viewing", "access-request/end-viewing", "watched", "lapsed",
        "booking/", "booking/book", "booking/start", "booking/start-unrecorded", "booking/stop", "booking/object", "booking/uphold", "booking/reject", "talk-ended-by-itself",
        "certificate", "gap-began", "gap-ended", "regulation/", "regulation/activate", "regulation/switch-off", "regulation-in-force", "deputies/appoint", "room/sticker", "camera/measure",
        "people/", "people/sign-in", "people/enrol", "audit-trail/", "audit-trail/begin-reading", "trail-head", "clock/accept",
    ];

    /// <summary>A deed in words; one that has none is shown as it is written.</summary>
    public static string Of(string deed, IStringLocalizer text) => deed switch
    {
        "access-request/" => text["alles over inzage"],
        "access-request/ask" => text["vroeg inzage"],
        "access-request/approve" => text["stond inzage toe"],
        "access-request/refuse" => text["weigerde inzage"],
        "access-request/withdraw" => text["trok een toestemming in"],
        "access-request/ask-back" => text["vroeg eerst iets terug"],
        "access-request/answer" => text["gaf antwoord"],
        "access-request/retract" => text["trok het eigen verzoek in"],
        "access-request/stand-aside" => text["liet een ander beslissen"],
        "access-request/begin-viewing" => text["begon te kijken"],
        "access-request/end-viewing" => text["hield op met kijken"],
        "watched" => text["wat er werkelijk is bekeken"],
        "lapsed" => text["verviel met de rol"],
        "booking/" => text["alles over gesprekken"],
        "booking/book" => text["plande een gesprek"],
        "booking/rebook" => text["verplaatste een gesprek"],
        "booking/cancel" => text["zegde een gesprek af"],
        "booking/reassess" => text["beoordeelde het risico opnieuw"],
        "booking/confirm" => text["bevestigde de beoordeling"],
        "booking/letter" => text["legde de brief vast"],
        "booking/start" => text["begon een gesprek"],
        "booking/start-unrecorded" => text["begon een gesprek zonder opname"],
        "booking/choose" => text["koos wat te doen zonder camera"],
        "booking/lengthen" => text["verlengde een gesprek"],
        "booking/swap" => text["wisselde van kamer"],
        "booking/stop" => text["beëindigde een gesprek"],
        "booking/object" => text["legde een bezwaar vast"],
        "booking/uphold" => text["wees een bezwaar toe"],
        "booking/reject" => text["wees een bezwaar af"],
        "talk-ended-by-itself" => text["gesprek eindigde vanzelf"],
        "certificate" => text["opname vernietigd, met verklaring"],
        "gap-began" => text["camera gaf niets meer"],
        "gap-ended" => text["camera gaf weer beeld en geluid"],
        "regulation/" => text["alles over het reglement"],
        "regulation/draft" => text["schreef een versie van het reglement"],
        "regulation/advise" => text["gaf advies over het reglement"],
        "regulation/consent" => text["legde instemming vast"],
        "regulation/activate" => text["stelde het reglement vast"],
        "regulation/withdraw" => text["trok een versie in"],
        "regulation/amend" => text["vroeg om wijziging van het reglement"],
        "regulation/switch-off" => text["zette geluid of opname uit"],
        "regulation-in-force" => text["ander reglement van kracht"],
        "deputies/appoint" => text["wees een loco-secretaris aan"],
        "deputies/withdraw" => text["trok een aanwijzing in"],
        "room/sticker" => text["zag de sticker hangen"],
        "camera/measure" => text["testte een camera"],
        "people/" => text["alles over mensen en sleutels"],
        "people/sign-in" => text["meldde zich aan"],
        "people/enrol" => text["schreef een sleutel in"],
        "audit-trail/" => text["alles over het logboek zelf"],
        "audit-trail/read" or "audit-trail/begin-reading" => text["las het logboek"],
        "audit-trail/sign-head" or "trail-head" => text["tekende de stand van het logboek"],
        "clock/accept" => text["verklaarde de klok juist"],
        _ => deed,
    };

    public static string Of(AuditResult result, IStringLocalizer text) => result switch
    {
        AuditResult.Opened => text["begonnen"],
        AuditResult.Done => text["gedaan"],
        AuditResult.Refused => text["geweigerd"],
        _ => text["afloop onbekend"],
    };

    /// <summary>Who did it, by role.</summary>
    public static string Actor(Roles role, IStringLocalizer text) => role switch
    {
        Roles.None => text["niemand die bekend is"],
        Roles.BookingSystem => text["afsprakensysteem"],
        Roles.Silo => text["het systeem zelf"],
        _ => PeopleText.Of(role, text),
    };

    /// <summary>Who did it, as the trail writes it: <c>subject (Role, Role)</c>.</summary>
    public static string Actor(string actor, IStringLocalizer text) => actor switch
    {
        "silo" or "silo (Silo)" => text["het systeem zelf"],
        "nobody" or "unknown" => text["niemand die bekend is"],
        _ when actor.Split(" (") is [var subject, var roles] && Enum.TryParse<Roles>(roles.TrimEnd(')'), out var known) && known != Roles.None =>
            $"{subject} ({string.Join(", ", Enum.GetValues<Roles>().Where(role => role != Roles.None && known.HasFlag(role)).Select(role => Actor(role, text)))})",
        _ => actor,
    };

    public static string Of(ChainProgress? progress, IStringLocalizer text) => progress switch
    {
        null => text["nog niet gecontroleerd sinds dit systeem is gestart"],
        { Stage: ChainStage.Running } => text["De controle loopt."],
        { Stage: ChainStage.Failed } => text["De controle is niet afgemaakt. Probeer het opnieuw; blijft het zo, vraag dan de systeembeheerder."],
        { Report.IsWhole: true } => text["Het logboek is heel: geen regel is veranderd, weggehaald of tussengevoegd."],
        _ => text["Het logboek is niet heel. Hieronder staat waar het misgaat."],
    };

    public static string Of(ChainFaultKind kind, IStringLocalizer text) => kind switch
    {
        ChainFaultKind.WrongEntry => text["Een regel is veranderd, weggehaald of tussengevoegd."],
        ChainFaultKind.CutTail => text["Het einde van het logboek is afgeknipt."],
        ChainFaultKind.ReplacedHead => text["Het logboek is vanaf hier of eerder opnieuw geschreven."],
        _ => text["Een getekende stand heeft geen geldige handtekening."],
    };

    /// <summary>How much later than it should.</summary>
    public static string Late(TimeSpan late, IStringLocalizer text) => late switch
    {
        { TotalSeconds: < 1 } => text["niet"],
        { TotalMinutes: < 2 } => text["{0} seconden", (int)late.TotalSeconds],
        { TotalHours: < 2 } => text["{0} minuten", (int)late.TotalMinutes],
        { TotalDays: < 2 } => text["{0} uur", (int)late.TotalHours],
        _ => text["{0} dagen", (int)late.TotalDays],
    };

    public static string Of(ObjectionKind kind, IStringLocalizer text) => kind switch
    {
        ObjectionKind.Informal => text["gewoon gezegd of geschreven"],
        ObjectionKind.GdprArticle21 => text["AVG, artikel 21"],
        _ => text["Awb"],
    };

    public static string Of(ObjectionMoment moment, IStringLocalizer text) => moment switch
    {
        ObjectionMoment.Before => text["vooraf"],
        ObjectionMoment.During => text["tijdens"],
        _ => text["achteraf"],
    };

    public static string Of(ObjectionDecision? decision, IStringLocalizer text) => decision switch
    {
        null => text["wacht op beoordeling"],
        ObjectionDecision.Upheld => text["toegewezen"],
        _ => text["afgewezen"],
    };

    public static string Of(RejectionReason reason, IStringLocalizer text) => reason switch
    {
        RejectionReason.RiskStands => text["het risico is opnieuw beoordeeld en blijft"],
        RejectionReason.NoAlternativeSuffices => text["niets anders is genoeg"],
        RejectionReason.CompellingGrounds => text["dwingende gerechtvaardigde gronden (AVG, artikel 21)"],
        RejectionReason.LegalClaim => text["nodig voor een rechtsvordering (AVG, artikel 21)"],
        _ => text["niet ontvankelijk (Awb)"],
    };

    /// <summary>A figure of the report.</summary>
    public static string Figure(string name, IStringLocalizer text) => name switch
    {
        "talks" => text["aantal gesprekken"],
        "recorded" => text["daarvan opgenomen"],
        "objections" => text["aantal bezwaren"],
        "objectionsUpheld" => text["toegewezen"],
        "objectionsRejected" => text["afgewezen"],
        "requests" => text["verzoeken"],
        "approved" => text["toegestaan"],
        "refused" => text["geweigerd"],
        "viewings" => text["aantal inzagen"],
        "minutesWatched" => text["minuten bekeken"],
        "erasures" => text["vernietigd"],
        "erasedLate" => text["daarvan te laat vernietigd"],
        "longestLatenessMinutes" => text["langst te laat, in minuten"],
        "gaps" => text["aantal onderbrekingen"],
        "gapMinutes" => text["minuten zonder beeld"],
        _ => text["niet begonnen: kennisgeving ontbrak"],
    };

    /// <summary>How long was really looked.</summary>
    public static TimeSpan Watched(IEnumerable<Viewing> viewings) =>
        viewings.SelectMany(viewing => viewing.Watched).Aggregate(TimeSpan.Zero, (sum, range) => sum + range.Length);

    /// <summary>As the portal's routes take a word from a closed list.</summary>
    public static string Json<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName($"{value}");
}
