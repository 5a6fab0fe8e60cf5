using System.Collections.Immutable;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Grains.Reports;

/// <summary>From the trail: every objection, and what became of it. The trail keeps it when the booking is long gone.</summary>
public sealed class ObjectionRecord
{
    private const string Booking = "booking/";

    private readonly Dictionary<(string Booking, int Number), KnownObjection> known = [];

    /// <summary>The deeds that it is made of.</summary>
    public static ImmutableArray<string> Deeds { get; } = ["booking/object", "booking/uphold", "booking/reject"];

    /// <summary>Open ones first, then the newest.</summary>
    public IEnumerable<KnownObjection> All => known.Values.OrderBy(objection => objection.Objection.Decision is not null).ThenByDescending(objection => objection.Objection.At);

    public void Add(AuditRecord entry)
    {
        if (entry.Result != AuditResult.Done || !entry.Subject.StartsWith(Booking, StringComparison.Ordinal))
        {
            return;
        }

        using var detail = JsonDocument.Parse(entry.Detail);
        if (detail.RootElement.TryGetProperty("facts", out var facts) && facts.ValueKind == JsonValueKind.Object && facts.TryGetProperty("objection", out var said) && said.ValueKind == JsonValueKind.Object)
        {
            // The later entry of the two knows the decision.
            var (booking, objection) = (entry.Subject[Booking.Length..], AuditDetail.Read<Objection>(said.GetRawText()));
            long? certificate = facts.TryGetProperty("certificate", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : null;
            if (!known.TryGetValue((booking, objection.Number), out var before) || before.Objection.Decision is null)
            {
                known[(booking, objection.Number)] = new KnownObjection(booking, objection, certificate);
            }
        }
    }
}

/// <summary>One objection.</summary>
/// <param name="Booking">The talk's reference.</param>
/// <param name="Objection">With its decision, once there is one.</param>
/// <param name="Certificate">Of what was erased for it; null where nothing was.</param>
public sealed record KnownObjection(string Booking, Objection Objection, long? Certificate);
