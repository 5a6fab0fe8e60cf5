using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>What the portal says of talks: the closed lists in words.</summary>
internal static class TalkText
{
    public static string Of(NoticeKind notice, IStringLocalizer text) => notice switch
    {
        NoticeKind.Sticker => text["sticker bij de deur"],
        NoticeKind.Letter => text["brief"],
        _ => text["gesproken kennisgeving"],
    };

    public static string Of(BookingStage stage, IStringLocalizer text) => stage switch
    {
        BookingStage.Booked => text["nog niet begonnen"],
        BookingStage.Talking => text["bezig"],
        BookingStage.Ended => text["afgelopen"],
        BookingStage.Cancelled => text["gaat niet door"],
        _ => text["niet bekend"],
    };

    public static string Of(CameraFault fault, IStringLocalizer text) => fault switch
    {
        CameraFault.Unreachable => text["de camera is niet bereikbaar"],
        CameraFault.LoginRefused => text["de camera weigert het wachtwoord"],
        CameraFault.NoSound => text["er komt geen geluid"],
        CameraFault.NoMedia => text["er komt geen beeld of geluid"],
        CameraFault.KeyframesTooFarApart => text["de camera staat verkeerd ingesteld: te zelden een heel beeld"],
        CameraFault.UnknownCodec => text["de camera staat verkeerd ingesteld: een onbekende codering"],
        CameraFault.UnwantedSound => text["de camera geeft geluid, en dat mag niet"],
        CameraFault.VaultFailed => text["de opslag neemt niets aan"],
        CameraFault.VaultFull => text["op de schijf is geen ruimte voor het gesprek"],
        CameraFault.SendsElsewhere => text["de camera verwijst naar een ander adres, en dat wordt niet gevolgd"],
        CameraFault.Busy => text["een andere opname gebruikt deze camera"],
        _ => text["geen server bereikt deze camera"],
    };

    public static string Of(CameraOffChoice choice, IStringLocalizer text) => choice switch
    {
        CameraOffChoice.OtherCameraRoom => text["een andere kamer met camera"],
        CameraOffChoice.SecondOfficial => text["een tweede medewerker erbij"],
        CameraOffChoice.AlarmButton => text["de alarmknop bij de hand"],
        _ => text["het gesprek uitstellen"],
    };

    public static string Of(RiskGround ground, IStringLocalizer text) => ground switch
    {
        RiskGround.EarlierAggression => text["eerdere agressie"],
        RiskGround.Threat => text["bedreiging"],
        RiskGround.BanFromBuilding => text["toegangsverbod"],
        RiskGround.RefusalWithHighImpact => text["afwijzing met grote gevolgen"],
        RiskGround.PoliceAdvice => text["advies van de politie"],
        _ => text["iets anders"],
    };

    public static string Of(Alternative weighed, IStringLocalizer text) => weighed switch
    {
        Alternative.SecondOfficialPresent => text["een tweede medewerker erbij"],
        Alternative.AlarmButton => text["de alarmknop bij de hand"],
        Alternative.RoomWithoutCamera => text["een kamer zonder camera"],
        Alternative.OtherMoment => text["een ander moment"],
        Alternative.ByTelephone => text["per telefoon"],
        _ => text["niets daarvan volstaat"],
    };

    public static string Of(ObjectionKind kind, IStringLocalizer text) => kind switch
    {
        ObjectionKind.Informal => text["gewoon gezegd of geschreven"],
        ObjectionKind.GdprArticle21 => text["volgens artikel 21 van de AVG"],
        _ => text["volgens de Algemene wet bestuursrecht"],
    };

    public static string Of(ObjectionMoment moment, IStringLocalizer text) => moment switch
    {
        ObjectionMoment.Before => text["vóór het gesprek"],
        ObjectionMoment.During => text["tijdens het gesprek"],
        _ => text["na het gesprek"],
    };

    public static string Of(RejectionReason reason, IStringLocalizer text) => reason switch
    {
        RejectionReason.RiskStands => text["het risico is opnieuw beoordeeld en blijft"],
        RejectionReason.NoAlternativeSuffices => text["niets anders volstaat, opnieuw afgewogen"],
        RejectionReason.CompellingGrounds => text["dwingende gronden wegen zwaarder (AVG artikel 21)"],
        RejectionReason.LegalClaim => text["nodig voor een rechtsvordering (AVG artikel 21)"],
        _ => text["niet in de juiste vorm (Awb)"],
    };

    public static string Of(WhyUnrecorded why, IStringLocalizer text) => why switch
    {
        WhyUnrecorded.NormalRisk => text["het risico is gewoon"],
        WhyUnrecorded.NoticesMissing => text["de sticker of de brief ontbrak"],
        WhyUnrecorded.CameraOff => text["de camera nam niet op, en er is iets anders gekozen"],
        WhyUnrecorded.ClockNotTrusted => text["de klok van het systeem klopte niet"],
        WhyUnrecorded.MayNotRecord => text["het camerareglement liet het niet toe"],
        _ => text["er was bezwaar gemaakt"],
    };

    public static string Of(Language language, IStringLocalizer text) => language == Language.Dutch ? text["Nederlands"] : text["Engels"];
}
