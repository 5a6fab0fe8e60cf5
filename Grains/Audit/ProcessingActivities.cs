using System.Collections.Frozen;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;

namespace RecordingCluster.Grains.Audit;

/// <summary>Which deeds of the trail are a processing of somebody's data, and under which activity of the municipality's register.</summary>
/// <param name="Register">The register of processing activities: the activities' names are added to it.</param>
public sealed record ProcessingActivities(Uri Register)
{
    /// <summary>What kind of pseudonym stands for whom a line is about: the HMAC of the booking's or case's reference.</summary>
    public const string SubjectType = "recording-cluster/reference-pseudonym";

    public const string Erased = "opname-vernietigd";

    // What a deed must have answered to have been a processing: a repeat, or a talk without recording, is none.
    private static readonly FrozenDictionary<string, Known> ByDeed = new Dictionary<string, Known>
    {
        ["booking/start"] = new("opname-gemaakt", "opnemen", result => result is StartOutcome.Started),
        ["booking/object"] = new("bezwaar-gemaakt", "bezwaar", result => result is ObjectOutcome.Open),
        ["access-request/ask"] = new("inzage-gevraagd", "inzageverzoek", result => result is AskOutcome.Asked),
        ["access-request/approve"] = new("inzage-toegestaan", "inzageverzoek", result => result is Decision.Approved),
        ["access-request/refuse"] = new("inzage-geweigerd", "inzageverzoek", result => result is Decision.Refused),
        ["access-request/begin-viewing"] = new("opname-bekeken", "inzien", result => result is BeginViewingOutcome.Begun),
    }.ToFrozenDictionary();

    /// <summary>The deeds that are a processing, as the trail names them.</summary>
    internal static IEnumerable<string> Deeds => ByDeed.Keys;

    /// <summary>Null for a deed that processes nobody's data.</summary>
    internal (string Name, Uri Activity, Func<object?, bool> WasDone)? Of(string deed) =>
        ByDeed.TryGetValue(deed, out var known) ? (known.Name, Uri(known.Activity), known.WasDone) : null;

    /// <summary>The activity under which recordings are erased.</summary>
    internal Uri Erasing => Uri("vernietigen");

    private Uri Uri(string activity) => new(Register + activity);

    private sealed record Known(string Name, string Activity, Func<object?, bool> WasDone);
}

/// <summary>A grain whose deeds are about somebody, whom a reference stands for.</summary>
internal interface IConcernsSomebody
{
    /// <summary>The booking's or the case's reference; null when nothing is known yet.</summary>
    string? Reference { get; }
}
