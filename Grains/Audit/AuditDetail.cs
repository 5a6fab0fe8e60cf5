using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Grains.Audit;

/// <summary>The facts of an entry as one JSON object.</summary>
internal static class AuditDetail
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by people and written to a file, never into a page
    };

    // Of a list it tells how long it is. The trail is read as one: with all that was read in it, it would double at each reading.
    public static string Of(object? facts) => facts switch
    {
        null => "{}",
        ICollection many => JsonSerializer.Serialize(new { many.Count }, Options),
        _ => JsonSerializer.Serialize(new { facts.GetType().Name, Facts = facts }, Options),
    };

    public static string Refused(string reason) => JsonSerializer.Serialize(new { reason }, Options);

    /// <summary>Facts of what was done while the database was away: when, and by which entry of the journal.</summary>
    public static string Late(string detail, DateTimeOffset at, JournalEntryId entry)
    {
        var facts = JsonNode.Parse(detail)!.AsObject();
        facts["late"] = new JsonObject { ["at"] = at.UtcDateTime, ["entry"] = entry.ToString() };
        return facts.ToJsonString(Options);
    }

    public static bool IsLate(string detail, JournalEntryId entry) => detail.Contains($"\"entry\":\"{entry}\"", StringComparison.Ordinal);

    // Messages of our own family hold nothing personal and no secret; of another exception only the kind is told.
    public static string Of(Exception fault) =>
        JsonSerializer.Serialize(
            fault is RecordingClusterException ours ? new { reason = ours.Message } : new { reason = fault.GetType().Name }, Options);

    public static string Write<T>(T facts) => JsonSerializer.Serialize(facts, Options);

    public static T Read<T>(string detail) =>
        JsonSerializer.Deserialize<T>(detail, Options) ?? throw new RecordingClusterException(ErrorKind.DataLoss, "An entry of the trail has no facts. Check the chain.");
}
