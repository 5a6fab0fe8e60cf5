using System.Text.Json;
using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Identity;

/// <summary>Writes what is done about people into the trail: an entry before, an entry after (R16).</summary>
internal sealed class PeopleTrail(IGrainFactory grains, SiloCalls silo, SitePlan plan)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Carries out a deed between its two entries. When the trail cannot be written, nothing is done.</summary>
    /// <param name="actor">Who: subject and roles.</param>
    /// <param name="deed">What.</param>
    /// <param name="subject">To whom or what.</param>
    /// <param name="facts">No secret and nothing personal.</param>
    /// <param name="act">Does it, and answers why not.</param>
    public async Task<PeopleRefusal?> Carry(string actor, string deed, string subject, object facts, Func<Task<PeopleRefusal?>> act)
    {
        var opening = await Note(actor, deed, subject, AuditResult.Opened, facts);
        PeopleRefusal? refusal;
        try
        {
            refusal = await act();
        }
        catch (RecordingClusterException fault) when (fault.Kind == ErrorKind.Conflict)
        {
            refusal = PeopleRefusal.ChangedMeanwhile;
        }
        catch (Exception fault)
        {
            await Note(actor, deed, subject, AuditResult.Unknown, new { reason = fault.GetType().Name }, opening);
            throw;
        }

        await (refusal is { } reason
            ? Note(actor, deed, subject, AuditResult.Refused, new { reason }, opening)
            : Note(actor, deed, subject, AuditResult.Done, facts, opening));
        return refusal;
    }

    public async Task<long> Note(string actor, string deed, string subject, AuditResult result, object facts, long? opening = null)
    {
        using var _ = silo.Begin();
        return await grains.AuditTrail(plan.Site).Write(new AuditNote(actor, deed, subject, "portal", result, opening, Json(facts)));
    }

    public static string Json(object facts) => JsonSerializer.Serialize(facts, Options);
}
