using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>What scripts say on every page, by the type of the problem that the server answers or by a name of their own.</summary>
internal static class Sentences
{
    public static string Write(IStringLocalizer text) => JsonSerializer.Serialize(Of(text));

    private static Dictionary<string, string> Of(IStringLocalizer text) => new()
    {
        ["failed"] = text["Dit is niet gelukt. Laad de pagina opnieuw en probeer het nog eens."],
        ["not-signed-in"] = text["U bent afgemeld. Meld u opnieuw aan."],
        ["not-allowed"] = text["Uw rol mag dit niet."],
        ["no-answer"] = text["De sleutel gaf geen antwoord, of is hier al ingeschreven. Probeer het opnieuw."],
        ["offline"] = text["Er is geen verbinding. Probeer het opnieuw als die er weer is."],
        ["too-many-requests"] = text["Dit ging te snel achter elkaar. Wacht even en probeer het opnieuw."],
        ["unavailable"] = text["Een deel van het systeem antwoordt nu niet. Probeer het zo opnieuw."],
        ["invalid-input"] = text["Een van de velden klopt niet. Voor de zaak is het een kenmerk zonder spaties, en geen naam, nummer of adres van een persoon."],
        ["recording-gone"] = text["De opname bestaat niet meer. Niemand kan haar nog bekijken."],
        ["still-recording"] = text["Het gesprek wordt nog opgenomen. Vraag als het voorbij is."],
        ["outside-recording"] = text["Het tijdvak valt buiten de opname. Kies een tijdvak op de tijdlijn."],
        ["own-request"] = text["Over een eigen verzoek beslist een ander."],
        ["stood-aside"] = text["U bent partij bij dit verzoek. Een ander beslist."],
        ["deputy-not-today"] = text["U bent vandaag niet aangewezen als loco-secretaris."],
        ["question-waiting"] = text["Een andere vraag wacht nog op antwoord."],
        ["asked-enough"] = text["Dit is al gevraagd en beantwoord. Beslis met wat bekend is."],
        ["no-question"] = text["Er wacht geen vraag meer. Laad de pagina opnieuw."],
        ["no-grant"] = text["Er is geen toestemming die geldt."],
        ["objection-open"] = text["Er loopt een bezwaar. Zolang dat niet is beoordeeld, kijkt niemand."],
        ["not-appointed"] = text["Deze aanwijzing is niet gelukt. Kies iemand met de rol loco-secretaris en teken met uw eigen sleutel."],
        ["regulation-incomplete"] = text["Er ontbreekt nog iets. Wat er ontbreekt, staat op deze pagina."],
        ["regulation-settled"] = text["Deze versie verandert niet meer. Schrijf een andere versie."],
        ["conflict"] = text["Er is intussen iets veranderd. Laad de pagina opnieuw en probeer het nog eens."],
    };
}
