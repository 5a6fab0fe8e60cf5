using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RecordingCluster.Silo.Portal;

/// <summary>JSON as the portal speaks it: enums as text, and nothing taken that is not known.</summary>
internal static class PortalJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new Moments());
        options.NumberHandling = JsonNumberHandling.Strict;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = 8; // no body here is deeper than four
        options.Encoder = JavaScriptEncoder.Default;
        return options;
    }

    // A time without its offset would be read by the clock of whatever machine this is; one at the end of the calendar
    // leaves no room to count from it.
    private sealed class Moments : JsonConverter<DateTimeOffset>
    {
        private const int FirstYear = 2000;
        private const int LastYear = 2100;

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && reader.TryGetDateTimeOffset(out var moment) && moment.Year is >= FirstYear and < LastYear
            && reader.GetString() is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _]
                ? moment.ToUniversalTime()
                : throw new JsonException($"must be a time with its offset, from {FirstYear} to {LastYear}, such as 2026-11-23T14:05:00Z.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUniversalTime().UtcDateTime);
    }
}
