using System.Text.Json;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>What the portal says of a camera that was measured: numbers in words, and of each fault what to do.</summary>
internal static class CameraText
{
    /// <summary>As the makers of cameras call it.</summary>
    public static string Codec(string entry) => entry switch
    {
        "avc1" or "avc3" => "H.264",
        "hvc1" or "hev1" => "H.265",
        "mp4a" => "AAC",
        "alaw" => "G.711 A-law",
        "ulaw" => "G.711 µ-law",
        _ => entry,
    };

    public static string Of(PictureNumbers picture, IStringLocalizer text) =>
        text["{0}, {1} × {2}, {3:F1} beelden/s, {4:F0} kbit/s", Codec(picture.Codec), picture.Width, picture.Height, picture.FramesPerSecond, picture.KilobitsPerSecond];

    /// <summary>How far whole pictures are apart.</summary>
    public static string Gop(PictureNumbers picture, TimeSpan longest, IStringLocalizer text) => picture.IsGopWhole
        ? text["elke {0:F1} s; ten hoogste {1:F0} s kan, 2 s of korter is beter", picture.Gop.TotalSeconds, longest.TotalSeconds]
        : text["niet binnen {0:F1} s; ten hoogste {1:F0} s kan, 2 s of korter is beter", picture.Gop.TotalSeconds, longest.TotalSeconds];

    public static string Of(SoundNumbers sound, IStringLocalizer text) => sound is { MeanDecibels: { } mean, PeakDecibels: { } peak }
        ? text["{0}, {1} Hz, gemiddeld {2:F0} dB en op het luidst {3:F0} dB (0 is het luidst mogelijke)", Codec(sound.Codec), sound.SampleRate, Whole(mean), Whole(peak)]
        : text["{0}, {1} Hz: aangeboden, maar er kwam niets", Codec(sound.Codec), sound.SampleRate];

    // Nobody reads -0.
    private static double Whole(double decibels) => Math.Round(decibels) + 0.0;

    /// <summary>What to do about a fault.</summary>
    public static string Remedy(CameraFault fault, CameraId camera, TimeSpan longest, IStringLocalizer text) => fault switch
    {
        CameraFault.Unreachable => text["Kijk of de camera stroom en netwerk heeft, en of adres en poort in Cameras:{0}:Address kloppen.", camera],
        CameraFault.LoginRefused => text["Zet gebruiker en wachtwoord van de camera als één regel gebruiker:wachtwoord in het bestand dat Cameras:{0}:CredentialsFile noemt. Het wordt bij elke test opnieuw gelezen.", camera],
        CameraFault.NoSound => text["Zet in de camera de microfoon en de geluidsstroom aan, als AAC of G.711. Zolang het reglement geluid kent, wordt zonder geluid niets opgenomen."],
        CameraFault.NoMedia => text["De camera antwoordt, maar geeft niets. Kijk of het pad in Cameras:{0}:Address klopt, zoals /stream1, en start de camera opnieuw.", camera],
        CameraFault.KeyframesTooFarApart => text["Zet in de camera het interval van hele beelden (GOP, keyframe of I-frame interval) op 2 seconden, en een slimme codering (smart codec) uit. Ten hoogste {0:F0} seconden kan.", longest.TotalSeconds],
        CameraFault.UnknownCodec => text["Zet in de camera het beeld op H.264 of H.265, en het geluid op AAC of G.711."],
        CameraFault.UnwantedSound => text["Het reglement kent geen geluid. Zet het geluid in de camera uit."],
        CameraFault.SendsElsewhere => text["De camera verwijst door naar een adres dat niet is ingesteld. Is dat zo bedoeld, zet dat adres dan in Cameras:{0}:Address; zo niet, haal de camera van het netwerk en laat haar onderzoeken.", camera],
        CameraFault.Busy => text["Test opnieuw als het gesprek voorbij is."],
        _ => text["Start een server die het netwerk van deze camera bereikt, of noem dat netwerk in Network:CameraNetworks van een server die draait."],
    };

    /// <summary>Why a camera was not measured, for the page's script.</summary>
    public static string Sentences(IStringLocalizer text) => JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["camera-records"] = text["Deze camera neemt nu op en wordt niet gestoord. De getallen van de opname staan hierboven."],
        ["talk-goes-on"] = text["Er is een gesprek in deze kamer dat niet wordt opgenomen. Zolang dat duurt, geeft de camera niets, ook geen getallen. Test na het gesprek."],
        ["recording-off"] = text["Opnemen is uitgezet bij besluit. Dan wordt geen camera geopend, ook niet voor een test."],
        ["no-silo"] = text["Geen server die draait, bereikt deze camera. Start er een, of noem haar netwerk in Network:CameraNetworks van een server die draait."],
    });
}
