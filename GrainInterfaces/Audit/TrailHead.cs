using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>Says, signed by a silo, what the trail's last entry was at a moment. Kept where the owner of the database cannot reach, it shows that the trail was cut or written anew.</summary>
/// <param name="Site">Whose trail.</param>
/// <param name="Number">Its last entry then.</param>
/// <param name="Hash">That entry's hash, and so all before it.</param>
/// <param name="At">When.</param>
/// <param name="Seal">The silo's signature under <see cref="Words"/>.</param>
[GenerateSerializer, Immutable, Alias("trail-head")]
public sealed record TrailHead(SiteId Site, long Number, string Hash, DateTimeOffset At, SiloSeal Seal)
{
    /// <summary>The deed by which a head stands in the trail itself.</summary>
    public const string Deed = "trail-head";

    public static TrailHead Of(SiteId site, AuditRecord last, DateTimeOffset at, X509Certificate2 own) =>
        new(site, last.Number, last.Hash, at, SiloSeal.Of(WordsOf(site, last.Number, last.Hash, at), own));

    /// <summary>What is signed, as UTF-8: five lines, so that it can be typed in again from paper.</summary>
    public byte[] Words() => WordsOf(Site, Number, Hash, At);

    /// <summary>What is wrong with the signature; null when nothing is.</summary>
    public string? FaultBy(SealCheck seals) => seals.FaultOf(Seal, Words(), At);

    private static byte[] WordsOf(SiteId site, long number, string hash, DateTimeOffset at) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"recording-cluster trail head 1\n{site}\n{number}\n{hash}\n{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'}\n"));
}
