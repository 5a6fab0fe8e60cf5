using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>What the portal says of the regulation: its stages, needs and terms in words.</summary>
internal static class RegulationText
{
    public static string Of(VersionStage stage, IStringLocalizer text) => stage switch
    {
        VersionStage.Draft => text["ontwerp: wacht op advies"],
        VersionStage.Advised => text["geadviseerd: wacht op instemming"],
        VersionStage.Consented => text["ingestemd: wacht op vaststelling"],
        VersionStage.Scheduled => text["vastgesteld voor een latere dag"],
        VersionStage.InForce => text["van kracht"],
        VersionStage.Superseded => text["vervangen"],
        _ => text["ingetrokken"],
    };

    public static string Of(ActivationNeed need, IStringLocalizer text) => need switch
    {
        ActivationNeed.PictureArticle => text["een eigen artikel over beeld"],
        ActivationNeed.SoundArticle => text["een eigen artikel over geluid"],
        ActivationNeed.RetentionReasons => text["de redenen voor de bewaartermijn"],
        ActivationNeed.Dpia => text["de vindplaats van de DPIA"],
        ActivationNeed.Advice => text["advies van de functionaris gegevensbescherming op deze tekst"],
        ActivationNeed.BetterAdvice => text["een andere tekst: het advies is negatief"],
        _ => text["instemming van de ondernemingsraad met deze tekst"],
    };

    public static string Of(AdviceKind kind, IStringLocalizer text) => kind switch
    {
        AdviceKind.Positive => text["positief"],
        AdviceKind.Conditional => text["positief onder voorwaarden"],
        _ => text["negatief"],
    };

    public static string Of(Switchable what, IStringLocalizer text) => what switch
    {
        Switchable.Sound => text["het geluid"],
        _ => text["alle opname"],
    };

    public static string Of(SwitchOffReason reason, IStringLocalizer text) => reason switch
    {
        SwitchOffReason.NoLegalGround => text["geen grondslag"],
        SwitchOffReason.NotNecessary => text["niet noodzakelijk"],
        SwitchOffReason.SuspectedBreach => text["mogelijk datalek"],
        SwitchOffReason.AmendmentOverdue => text["wijziging is te laat"],
        SwitchOffReason.WorksCouncil => text["op verzoek van de ondernemingsraad"],
        _ => text["technische reden"],
    };

    public static string Of(AmendmentStanding standing, IStringLocalizer text) => standing switch
    {
        AmendmentStanding.Open => text["loopt"],
        AmendmentStanding.Warning => text["nog een week of minder"],
        AmendmentStanding.Overdue => text["te laat"],
        _ => text["verwerkt"],
    };

    /// <summary>Name and value of each term, in the words of the regulation.</summary>
    public static IEnumerable<(string Name, string Value)> Terms(RegulationTerms terms, IStringLocalizer text) =>
    [
        (text["Bewaartermijn"], Length(terms.Retention, text)),
        (text["Uitloop na het geplande einde"], Length(terms.Grace, text)),
        (text["Eerder beginnen"], Length(terms.EarlyStart, text)),
        (text["Een toestemming geldt"], Length(terms.GrantTerm, text)),
        (text["Kijken per toestemming"], text["{0} keer", terms.ViewingsPerGrant]),
        (text["Opnemen"], OnOff(terms.Recording, text)),
        (text["Geluid opnemen"], OnOff(terms.Sound, text)),
    ];

    /// <summary>A term as a comparison of two versions names it.</summary>
    public static string Term(string term, IStringLocalizer text) => term switch
    {
        "retention" => text["Bewaartermijn"],
        "grace" => text["Uitloop na het geplande einde"],
        "earlyStart" => text["Eerder beginnen"],
        "grantTerm" => text["Een toestemming geldt"],
        "viewingsPerGrant" => text["Kijken per toestemming"],
        "recording" => text["Opnemen"],
        _ => text["Geluid opnemen"],
    };

    /// <summary>A value as a comparison of two versions has it.</summary>
    public static string Value(string term, string value, IStringLocalizer text) =>
        TimeSpan.TryParseExact(value, "c", null, out var length) && term is not "viewingsPerGrant" ? Length(length, text)
        : value is "on" or "off" ? OnOff(value == "on", text)
        : value;

    private static string OnOff(bool isOn, IStringLocalizer text) => isOn ? text["ja"] : text["nee"];

    private static string Length(TimeSpan length, IStringLocalizer text) =>
        length.TotalDays >= 2 && length.Ticks % TimeSpan.TicksPerDay == 0 ? text["{0} dagen", (int)length.TotalDays]
        : length == TimeSpan.FromHours(1) ? text["een uur"]
        : length == TimeSpan.FromMinutes(1) ? text["een minuut"]
        : length.TotalHours >= 1 && length.Ticks % TimeSpan.TicksPerHour == 0 ? text["{0} uur", (int)length.TotalHours]
        : length.TotalMinutes >= 1 ? text["{0} minuten", (int)length.TotalMinutes]
        : text["{0} seconden", (int)length.TotalSeconds];
}
