using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>What the portal says of a certificate of erasure. What was signed stands in the certificate's own words.</summary>
internal static class CertificateText
{
    public static string Of(MediaTracks? tracks, IStringLocalizer text) => tracks switch
    {
        MediaTracks.Picture | MediaTracks.Sound => text["beeld en geluid"],
        MediaTracks.Picture => text["alleen beeld"],
        MediaTracks.Sound => text["alleen geluid"],
        _ => text["niet bekend"],
    };

    public static string Of(ErasureReason reason, IStringLocalizer text) =>
        reason == ErasureReason.TermPassed ? text["de bewaartermijn was voorbij"] : text["een bezwaar is toegewezen"];

    public static string Of(ErasedBy by, IStringLocalizer text) => by switch
    {
        ErasedBy.Reminder => text["vanzelf, op tijd gewekt"],
        ErasedBy.CatchUp => text["vanzelf, ingehaald na stilstand"],
        ErasedBy.Sweep => text["door de tweede, losse controle"],
        _ => text["door het besluit zelf"],
    };
}
