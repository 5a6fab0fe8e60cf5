using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Audit;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>A certificate as the text that is signed.</summary>
public sealed partial record Certificate
{
    /// <summary>
    /// What is signed, as UTF-8: a line a fact, in this order, each with its name, so that it reads as a statement and can be typed
    /// in again from paper. The number, which the trail gives, and the signature are not in it. Never changes but for a
    /// new number in the first line: 2 names copies too, and is written where there were any.
    /// </summary>
    public byte[] Words()
    {
        var text = new StringBuilder(Parts.Any(part => part.CopyIn is not null) ? "recording-cluster certificate 2\n" : "recording-cluster certificate 1\n");
        Add("recording", $"{Recording}");
        Add("site", Site);
        Add("room", Room);
        Add("booking", Booking?.Value ?? "");
        Add("regulation", RegulationVersion);
        Add("articles", Articles);
        Add("reason", $"{Reason}");
        Add("by", $"{By}");
        Add("from", Time(Span.From));
        Add("until", Time(Span.Until));
        Add("due", Time(DueAt));
        Add("erased", Time(ErasedAt));
        Add("late", $"{Lateness:c}");
        Add("tracks", Tracks is { } tracks ? $"{tracks}" : "not known");
        foreach (var part in Parts)
        {
            Add("part", string.Create(CultureInfo.InvariantCulture, $"{part.Id} {part.SealedBytes} {part.Sha256}{(part.CopyIn is null ? "" : " copy in ")}{part.CopyIn}"));
        }

        Add("key", $"{KeyId}");
        Add("ring", RingGeneration.ToString(CultureInfo.InvariantCulture));
        Add("method", Method);
        Add("opens", OpensAfterwards ? "yes" : "no");
        Add("check", Check);
        Add("limits", Limits);
        Add("storage", Storage);
        Add("clock", Clock is { } clock ? $"{clock.Source}; off by {Length(clock.Offset)}; at most {Length(clock.MostError)} wrong" : "not known");
        Add("previous", Previous);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Add(string name, string fact) => text.Append(name).Append(": ").Append(fact).Append('\n');
    }

    /// <summary>SHA-256 over <see cref="Words"/>, in lower-case hexadecimal: what the next certificate names.</summary>
    public string HashOfWords() => Convert.ToHexStringLower(SHA256.HashData(Words()));

    /// <summary>What is wrong with the signature; null when nothing is.</summary>
    public string? FaultBy(SealCheck seals) => Seal is null ? "it is not signed" : seals.FaultOf(Seal, Words(), ErasedAt);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static string Length(TimeSpan? length) => length?.ToString("c", CultureInfo.InvariantCulture) ?? "not known";
}
