using System.Collections.Immutable;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Reports;

/// <summary>From the trail: which recordings were begun, and which of them have a certificate.</summary>
/// <remarks>What was begun and has none must still exist, within its term. Whether it does, its grain is asked: nothing here trusts that an erasure ran.</remarks>
public sealed class ErasureRecord
{
    /// <summary>Later than this after its term is late (R9).</summary>
    public static readonly TimeSpan InTime = TimeSpan.FromHours(1);

    private readonly Dictionary<RecordingId, DateTimeOffset> begun = [];
    private readonly Dictionary<RecordingId, Certificate> certificates = [];

    /// <summary>The deeds that it is made of.</summary>
    public static ImmutableArray<string> Deeds { get; } = ["booking/start", Certificate.Deed];

    /// <summary>Recordings without a certificate, the oldest first, each with the moment at which it was begun.</summary>
    public IEnumerable<(RecordingId Recording, DateTimeOffset Begun)> Remaining =>
        begun.Where(recording => !certificates.ContainsKey(recording.Key)).OrderBy(recording => recording.Value).Select(recording => (recording.Key, recording.Value));

    /// <summary>The newest first.</summary>
    public IEnumerable<Certificate> Certificates => certificates.Values.OrderByDescending(certificate => certificate.Number);

    public void Add(AuditRecord entry)
    {
        if (entry.Result != AuditResult.Done)
        {
            return;
        }

        if (entry.Deed == Certificate.Deed)
        {
            var certificate = Recordings.Certificates.In(entry);
            certificates[certificate.Recording] = certificate;
        }
        else if (entry.Deed == Deeds[0] && RecordingOf(entry) is { } recording)
        {
            begun.TryAdd(recording, entry.At);
        }
    }

    private static RecordingId? RecordingOf(AuditRecord entry)
    {
        using var detail = JsonDocument.Parse(entry.Detail);
        return detail.RootElement.TryGetProperty("facts", out var facts) && facts.ValueKind == JsonValueKind.Object
            && facts.TryGetProperty("recording", out var recording) && recording.ValueKind == JsonValueKind.Object
            && recording.TryGetProperty("value", out var value) && value.TryGetGuid(out var id)
            ? new RecordingId(id)
            : null;
    }
}
