using System.Text.Json;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>Why a deed on a talk was refused and what to do, in one sentence each; a name in braces is filled with that fact of the answer.</summary>
internal static class TalkSentences
{
    public static string Write(IStringLocalizer text) => JsonSerializer.Serialize(Of(text));

    private static Dictionary<string, string> Of(IStringLocalizer text) => new(Facts(text))
    {
        ["notices-missing"] = text["Er ontbreekt nog: {missing}. Regel dat en probeer het opnieuw, of voer het gesprek zonder opname."],
        ["objection-open"] = text["Er is bezwaar. Laat eerst een ander dat beoordelen, of voer het gesprek zonder opname."],
        ["nothing-in-the-way"] = text["Niets staat de opname in de weg. Begin het gesprek met de gesproken kennisgeving."],
        ["camera-not-ready"] = text["De camera neemt niet op: {fault}. Kies op deze pagina wat u doet."],
        ["may-not-record"] = text["Het camerareglement laat nu geen opname toe. Vraag de gemeentesecretaris, of voer het gesprek zonder opname."],
        ["clock-not-trusted"] = text["De klok van het systeem klopt niet. Bel de systeembeheerder, of voer het gesprek zonder opname."],
        ["not-now"] = text["Dit gesprek kan beginnen van {from} tot {until}. Begin het dan, of kies een andere tijd."],
        ["room-in-use"] = text["In deze kamer is gesprek {by} nog bezig. Stop dat eerst, of neem een andere kamer."],
        ["room-taken"] = text["Die kamer is dan niet vrij. Vrij: {free}."],
        ["room-taken.latest"] = text["Een ander heeft de kamer daarna; zij is vrij tot {latest}. Verleng korter, of neem een andere kamer."],
        ["not-started"] = text["Het gesprek is niet bezig. Laad de pagina opnieuw."],
        ["other-kind-of-room"] = text["Dit gesprek hoort in een ander soort kamer. Kies een kamer uit de lijst."],
        ["own-assessment"] = text["Wie het risico heeft beoordeeld, bevestigt dat niet zelf. Vraag een andere medewerker."],
        ["not-needed"] = text["Er hoeft niets meer te worden bevestigd. Laad de pagina opnieuw."],
        ["no-room-free"] = text["Dan is geen passende kamer vrij. De eerste vrije tijden: {nextFree}."],
        ["talk-begun"] = text["Het gesprek is al begonnen. Stop het als het niet verder gaat."],
        ["nothing-recorded"] = text["Van dit gesprek wordt niets opgenomen. Bezwaar is niet nodig."],
        ["not-by-you"] = text["Wie het gesprek voert of het risico eerder heeft beoordeeld, beslist hier niet. Vraag een andere medewerker."],
        ["not-allowed"] = text["Dit mag u hier niet doen. Wie over een bezwaar besliste, voert dit gesprek niet; vraag een andere medewerker."],
        ["invalid-input"] = text["Een van de velden klopt niet. Kijk de dag, de tijd en het kenmerk na."],
        ["none"] = text["geen"],
    };

    // Values as the answers spell them, by the field that they stand in.
    private static IEnumerable<KeyValuePair<string, string>> Facts(IStringLocalizer text) =>
        Enum.GetValues<NoticeKind>().Select(notice => Fact("missing", notice, TalkText.Of(notice, text)))
            .Concat(Enum.GetValues<CameraFault>().Select(fault => Fact("fault", fault, TalkText.Of(fault, text))))
            .Append(new("missing.confirmation", text["bevestiging door een tweede medewerker"]));

    private static KeyValuePair<string, string> Fact<TEnum>(string field, TEnum value, string said)
        where TEnum : struct, Enum => new($"{field}.{JsonNamingPolicy.CamelCase.ConvertName(value.ToString())}", said);
}
