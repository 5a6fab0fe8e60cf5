using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Health;
using RecordingCluster.Silo.Copies;
using RecordingCluster.Silo.Hosting.Health;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>What is said of health: what a check found, and when something is wrong its cause and its remedy.</summary>
internal static class HealthText
{
    private const double GiB = 1 << 30;

    // A disk outlives no more; a number of days beyond that says nothing.
    private const double DaysOfTenYears = 3650;

    // Of a vault's folder that is gone all parts are, and a sentence must stay one.
    private const int MostNamed = 5;

    public static string Of(HealthLevel level, IStringLocalizer text) => level switch
    {
        HealthLevel.Well => text["in orde"],
        HealthLevel.Attention => text["let op"],
        _ => text["storing"],
    };

    public static string Name(string check, IStringLocalizer text) => check switch
    {
        "database" => text["Database"],
        "journal" => text["Journaal"],
        "clock" => text["Klok"],
        "silos" => text["Servers"],
        "vault" => text["Opslag"],
        "files" => text["Bestanden"],
        "cameras" => text["Camera's"],
        "erasure" => text["Vernietiging"],
        "copies" => text["Tweede kopie"],
        "silo" => text["Server"],
        _ => check,
    };

    /// <summary>What was found, in a sentence with the numbers.</summary>
    private static string Found(HealthReportEntry entry, IStringLocalizer text) => HealthReading.Of(entry) switch
    {
        HealthReading.Database { Took: { } took } => text["Antwoordt in {0:F0} ms.", took.TotalMilliseconds],
        HealthReading.Journal journal => text["Nog in te voeren: {0}.", journal.Waiting],
        HealthReading.Clock { Reading.IsTrusted: true } => text["Loopt gelijk met wat is geteld."],
        HealthReading.Silos silos => text["Draaiend: {0} ({1}).", silos.Running.Length, string.Join(", ", silos.Running)],
        HealthReading.VaultSpace { Days: > DaysOfTenYears } space => text["{0:F1} GiB vrij. Met wat er nu per dag bij komt, is dat genoeg voor meer dan tien jaar.", space.FreeBytes / GiB],
        HealthReading.VaultSpace { Days: { } days } space => text["{0:F1} GiB vrij. Met wat er nu per dag bij komt, is dat genoeg voor {1:F0} dagen; wat vanzelf wordt vernietigd is niet meegeteld.", space.FreeBytes / GiB, days],
        HealthReading.VaultSpace space => text["{0:F1} GiB vrij. Er is de laatste week niets opgenomen, dus voor hoeveel dagen dat genoeg is, is niet bekend.", space.FreeBytes / GiB],
        HealthReading.VaultFiles { LookedAt: { } at } => text["Nagekeken op {0}.", Shown.Moment(at)],
        HealthReading.VaultFiles => text["Nog niet nagekeken sinds de start van deze server; dat gebeurt elke dag."],
        HealthReading.Cameras cameras => text["{0} van {1} zonder storing.", cameras.All.Length - cameras.Faulty.Count(), cameras.All.Length],
        HealthReading.Erasure { Waiting: 0 } => text["Alles waarvan de termijn voorbij is, is vernietigd."],
        HealthReading.Erasure erasure => text["Nog te vernietigen: {0}. Lezen kan al niet meer.", erasure.Waiting],
        HealthReading.Copies { Parts: 0 } copies => text["Alles wat hier is opgenomen, staat ook in {0}.", copies.Sister],
        HealthReading.Copies copies => text["Nog niet of niet zeker helemaal in {0}: {1} delen.", copies.Sister, copies.Parts],
        _ => text["Er is niets te zeggen in getallen."],
    };

    /// <summary>As <see cref="Found"/>; null where there are no numbers.</summary>
    public static string? Numbers(HealthReportEntry entry, IStringLocalizer text) =>
        HealthReading.Of(entry) is not null and not (HealthReading.NoVault or HealthReading.Database { Took: null } or HealthReading.Clock { Reading.IsTrusted: false }) ? Found(entry, text) : null;

    /// <summary>Cause and remedy; null when nothing is wrong.</summary>
    public static string? Remedy(HealthReportEntry entry, IStringLocalizer text) => HealthReading.Of(entry) switch
    {
        _ when entry.Status == HealthStatus.Healthy => null,
        HealthReading.Database => text["De database antwoordt niet. Kijk naar haar server, of naar haar bestand, de map en de schijf. Lopende opnamen gaan door."].Value,
        HealthReading.Journal { IsDamaged: true } => text["In het journaal staat iets dat deze server niet zo schreef; dat is niet ingevoerd. Laat de map journal zoals zij is, en meld het de functionaris gegevensbescherming."].Value,
        HealthReading.Journal => text["Wat er met gesprekken gebeurde terwijl de database weg was, wordt vanzelf ingevoerd zodra zij antwoordt. Blijft het staan terwijl zij er is, kijk dan in het logboek van de server."].Value,
        HealthReading.Clock clock => text["De klok zegt {0:u} en zou {1:u} moeten zeggen. Er wordt niets vernietigd en geen opname begint. Zet de klok van de machine goed; klopt wat zij zegt, dan aanvaardt de gemeentesecretaris of de functionaris gegevensbescherming haar.", clock.Reading.Wall, clock.Reading.Counted].Value,
        HealthReading.Silos silos => text["Niet meer in de groep: {0}. Start die server, of kijk in zijn logboek waarom hij stopte.", string.Join(", ", silos.Gone)].Value,
        HealthReading.VaultSpace { IsForNoTalk: true } space => text["Op de schijf van de opslag is nog {0:F1} GiB vrij, minder dan een lang gesprek vraagt. Maak ruimte; eerder vernietigen kan niet.", space.FreeBytes / GiB].Value,
        HealthReading.VaultSpace => text["De ruimte is over enkele dagen op. Zorg voor een grotere schijf; eerder vernietigen kan niet."].Value,
        HealthReading.NoVault gone => text["De map {0} van de opslag is weg: verplaatst, verwijderd, of haar schijf is niet meer aangekoppeld. Zet haar terug. Wordt er opgenomen, dan gaat dat verder in een nieuwe map van die naam, of op een andere server; zet de oude bestanden daarna bij de nieuwe.", gone.Folder].Value,
        HealthReading.VaultFiles { Wrong.Length: > MostNamed } files => text["Beschadigd, afgekapt of weg: {0} en nog {1}. Laat bestanden en schijf zoals ze zijn, kijk naar de schijf, en meld het de functionaris gegevensbescherming.", string.Join(", ", files.Wrong.Take(MostNamed)), files.Wrong.Length - MostNamed].Value,
        HealthReading.VaultFiles files => text["Beschadigd, afgekapt of weg: {0}. Laat bestanden en schijf zoals ze zijn, kijk naar de schijf, en meld het de functionaris gegevensbescherming.", string.Join(", ", files.Wrong)].Value,
        HealthReading.Copies { Why: CopyHindrance.Away } copies => text["De tweede kopie komt niet bij: {0} is niet bereikbaar of antwoordt niet op tijd. Opnemen gaat door. Start die server, of kijk naar het netwerk; daarna wordt vanzelf aangevuld wat ontbreekt.", copies.Sister].Value,
        HealthReading.Copies { Why: CopyHindrance.NoRoom } copies => text["De tweede kopie komt niet bij: de schijf van {0} heeft er geen ruimte voor. Opnemen gaat door. Maak daar ruimte; daarna wordt vanzelf aangevuld wat ontbreekt.", copies.Sister].Value,
        HealthReading.Copies { Why: CopyHindrance.Failed } copies => text["De tweede kopie in {0} gaat niet verder. Opnemen gaat door. In het logboek van deze server en van {0} staat waarom (4063).", copies.Sister].Value,
        HealthReading.Copies copies => text["De tweede kopie in {0} loopt al langer dan een minuut achter. Opnemen gaat door. Kijk of het netwerk tussen de servers en de schijf daar snel genoeg zijn; na een start worden eerst alle delen nagelopen.", copies.Sister].Value,
        HealthReading.Cameras cameras => string.Join(' ', cameras.Faulty.Select(camera => text["{0} in {1}: {2}. Kijk naar stroom, netwerk, wachtwoord en instellingen van de camera.", camera.Camera, camera.Room, TalkText.Of(camera.Fault!.Value, text)].Value)),
        HealthReading.Erasure erasure => text["Meer dan een uur te laat: {0}. Kijk of de database antwoordt en de schijf kan worden beschreven, en meld het de functionaris gegevensbescherming.", erasure.Late].Value,
        _ => text["De controle zelf mislukte. Kijk in het logboek van de server."].Value,
    };
}
