using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>Entries and heads as they leave the cluster: JSON Lines (a line is one JSON object, UTF-8), and entries as CSV (RFC 4180) for a spreadsheet.</summary>
/// <remarks>A line of JSON holds each field exactly as it was hashed, the detail as text, so that the chain can be checked by it.</remarks>
public static class TrailLines
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // a file for people and tools, never part of a page

    public const string CsvHeader = "number,at,actor,deed,subject,origin,result,opening,detail,trace,previous,hash\r\n";

    public static void WriteJson(IBufferWriter<byte> to, AuditRecord entry)
    {
        using (var json = new Utf8JsonWriter(to, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("number", entry.Number);
            json.WriteString("at", TextOf(entry.At));
            json.WriteString("actor", entry.Actor);
            json.WriteString("deed", entry.Deed);
            json.WriteString("subject", entry.Subject);
            json.WriteString("origin", entry.Origin);
            json.WriteString("result", entry.Result.ToString());
            if (entry.Opening is { } opening)
            {
                json.WriteNumber("opening", opening);
            }

            json.WriteString("detail", entry.Detail);
            json.WriteString("trace", entry.Trace);
            json.WriteString("previous", entry.Previous);
            json.WriteString("hash", entry.Hash);
            json.WriteEndObject();
        }

        to.Write("\n"u8);
    }

    public static void WriteJson(IBufferWriter<byte> to, TrailHead head)
    {
        using (var json = new Utf8JsonWriter(to, Options))
        {
            json.WriteStartObject();
            json.WriteString("site", head.Site.Value);
            json.WriteNumber("number", head.Number);
            json.WriteString("hash", head.Hash);
            json.WriteString("at", TextOf(head.At));
            json.WriteString("certificate", head.Seal.Certificate);
            json.WriteString("signature", head.Seal.Signature);
            json.WriteEndObject();
        }

        to.Write("\n"u8);
    }

    public static void WriteCsv(IBufferWriter<byte> to, AuditRecord entry)
    {
        var line = string.Join(
            ',',
            entry.Number.ToString(CultureInfo.InvariantCulture), TextOf(entry.At), Quote(entry.Actor), Quote(entry.Deed), Quote(entry.Subject), Quote(entry.Origin),
            entry.Result.ToString(), entry.Opening?.ToString(CultureInfo.InvariantCulture), Quote(entry.Detail), Quote(entry.Trace), entry.Previous, entry.Hash);
        Encoding.UTF8.GetBytes(line, to);
        to.Write("\r\n"u8);
    }

    /// <exception cref="RecordingClusterException">InvalidInput: it is no line of an export; <paramref name="place"/> says which.</exception>
    public static AuditRecord ReadEntry(ReadOnlySpan<byte> line, long place) => Read(line, place, "an entry of the trail", ReadEntry);

    /// <exception cref="RecordingClusterException">InvalidInput: it is no line of a file of heads; <paramref name="place"/> says which.</exception>
    public static TrailHead ReadHead(ReadOnlySpan<byte> line, long place) => Read(line, place, "a head", ReadHead);

    private static AuditRecord ReadEntry(ref Utf8JsonReader json)
    {
        long number = 0;
        DateTimeOffset at = default;
        long? opening = null;
        AuditResult? result = null;
        string? actor = null, deed = null, subject = null, origin = null, detail = null, trace = null, previous = null, hash = null;
        while (NextProperty(ref json) is { } name)
        {
            switch (name)
            {
                case "number": number = json.GetInt64(); break;
                case "at": at = json.GetDateTimeOffset(); break;
                case "actor": actor = json.GetString(); break;
                case "deed": deed = json.GetString(); break;
                case "subject": subject = json.GetString(); break;
                case "origin": origin = json.GetString(); break;
                case "result": result = Enum.Parse<AuditResult>(json.GetString()!); break;
                case "opening": opening = json.GetInt64(); break;
                case "detail": detail = json.GetString(); break;
                case "trace": trace = json.GetString(); break;
                case "previous": previous = json.GetString(); break;
                case "hash": hash = json.GetString(); break;
                default: throw new FormatException();
            }
        }

        return new AuditRecord(
            number, at, Given(actor), Given(deed), Given(subject), Given(origin), result ?? throw new FormatException(), opening, Given(detail), Given(trace), Given(previous), Given(hash));
    }

    private static TrailHead ReadHead(ref Utf8JsonReader json)
    {
        long number = 0;
        DateTimeOffset at = default;
        string? site = null, hash = null, certificate = null, signature = null;
        while (NextProperty(ref json) is { } name)
        {
            switch (name)
            {
                case "site": site = json.GetString(); break;
                case "number": number = json.GetInt64(); break;
                case "hash": hash = json.GetString(); break;
                case "at": at = json.GetDateTimeOffset(); break;
                case "certificate": certificate = json.GetString(); break;
                case "signature": signature = json.GetString(); break;
                default: throw new FormatException();
            }
        }

        return new TrailHead(new SiteId(Given(site)), number, Given(hash), at, new SiloSeal(Given(certificate), Given(signature)));
    }

    private delegate T ReadObject<T>(ref Utf8JsonReader json);

    private static T Read<T>(ReadOnlySpan<byte> line, long place, string what, ReadObject<T> read)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            return read(ref json);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new RecordingClusterException(
                ErrorKind.InvalidInput, string.Create(CultureInfo.InvariantCulture, $"Line {place} is not {what}. Give the file as it was exported, unchanged."), fault);
        }
    }

    // The reader stands on the value when this returns.
    private static string? NextProperty(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        var name = json.GetString();
        json.Read();
        return name;
    }

    private static string Given(string? field) => field ?? throw new FormatException();

    private static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    // What begins with one of =+-@ a spreadsheet would take for a formula: a quote before it makes it text (CSV is for reading; a check goes by JSON).
    private static string Quote(string field) => $"\"{(field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "")}{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
