using System.Globalization;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Silo.Vault.Checking;

/// <summary>Holds files, ring, rows and certificates against each other. Pure: sight in, findings out.</summary>
internal static class VaultComparison
{
    // R9: at most an hour late.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static IEnumerable<VaultFinding> Find(VaultSight sight, SealCheck seals)
    {
        var (rows, certified) = ByRecording(sight);
        return [
            .. FindInParts(sight),
            .. OfKeys(sight, rows, certified),
            .. OfErasures(sight, certified),
            .. sight.Strays.Select(file => new VaultFinding(VaultFindingKind.Surplus, file, "is no file of the vault")),
            .. OfCertificates(sight.Certificates, seals),
        ];
    }

    /// <summary>Of parts and rows alone: what is damaged, cut off, missing or too much.</summary>
    public static IEnumerable<VaultFinding> FindInParts(VaultSight sight)
    {
        var (rows, certified) = ByRecording(sight);
        return [
            .. sight.Parts.SelectMany(part => OfPart(part, rows.GetValueOrDefault(part.Id.Recording), certified.GetValueOrDefault(part.Id.Recording), sight)),
            .. sight.Rows.SelectMany(row => OfRow(row, sight)),
        ];
    }

    private static (Dictionary<RecordingId, RecordingRow> Rows, Dictionary<RecordingId, Certificate> Certified) ByRecording(VaultSight sight) =>
        (sight.Rows.ToDictionary(row => row.Id), sight.Certificates.GroupBy(certificate => certificate.Recording).ToDictionary(same => same.Key, same => same.First()));

    private static IEnumerable<VaultFinding> OfPart(SeenPart part, RecordingRow? row, Certificate? certificate, VaultSight sight)
    {
        if (part.Fault is { } fault)
        {
            yield return Found(VaultFindingKind.Torn, part, fault);
        }

        if (certificate is not null)
        {
            yield return Found(VaultFindingKind.Surplus, part, string.Create(CultureInfo.InvariantCulture, $"is there, though certificate {certificate.Number} says that it was erased"));
            yield break;
        }

        if (part.ExpiresAt is { } due && sight.At >= due)
        {
            if (sight.At >= due + Patience)
            {
                yield return Found(VaultFindingKind.Overdue, part, $"should have been gone at {Time(due)}");
            }

            yield break;
        }

        if (!part.HasKey)
        {
            yield return Found(VaultFindingKind.Missing, part, "has no key in the ring, so nothing opens it");
        }

        if (row is null)
        {
            yield return Found(VaultFindingKind.Surplus, part, "is of a recording that no grain knows; the sweep erases it at its term");
            yield break;
        }

        if (row.IsOpen)
        {
            yield break; // the files may be ahead of the row, and the last part is being written
        }

        if (part.State == PartState.Open && !part.IsCopy)
        {
            yield return Found(VaultFindingKind.Torn, part, "was left open, and nobody writes it; the next start closes it");
        }

        if (row.Parts.FirstOrDefault(known => known.Id == part.Id) is not { } witness)
        {
            if (row.Fences.Any(fence => part.Id.Epoch <= fence.Epoch))
            {
                yield break; // all of it came after another silo had taken over: it counts for nothing, and goes with the rest
            }

            yield return Found(VaultFindingKind.Surplus, part, "is not among the parts that its recording's grain knows");
        }
        else if (part.Fragments < witness.Fragments)
        {
            yield return Found(VaultFindingKind.Torn, part, string.Create(CultureInfo.InvariantCulture, $"holds {part.Fragments} fragments, and its recording's grain knows of {witness.Fragments}: the end was cut off"));
        }
    }

    private static IEnumerable<VaultFinding> OfRow(RecordingRow row, VaultSight sight)
    {
        var files = sight.Parts.Where(part => part.Id.Recording == row.Id).Select(part => part.Id).ToHashSet();
        if (sight.At >= row.ExpiresAt + Patience)
        {
            // A file that is still there is named by itself.
            return files.Count > 0 ? [] : [new VaultFinding(VaultFindingKind.Missing, $"{row.Id}", $"has a row, no file and no certificate, and its term passed at {Time(row.ExpiresAt)}")];
        }

        return sight.At >= row.ExpiresAt || sight.Erasing.ContainsKey(row.Id)
            ? []
            : row.Parts.Where(part => !files.Contains(part.Id)).Select(part => new VaultFinding(VaultFindingKind.Missing, $"{part.Id}", "has no file, and its term has not passed"));
    }

    private static IEnumerable<VaultFinding> OfKeys(VaultSight sight, Dictionary<RecordingId, RecordingRow> rows, Dictionary<RecordingId, Certificate> certified)
    {
        var withFiles = sight.Parts.Select(part => part.Id.Recording).ToHashSet();
        return sight.Keys.Where(key => certified.ContainsKey(key) || (!withFiles.Contains(key) && !rows.ContainsKey(key) && !sight.Erasing.ContainsKey(key)))
            .Select(key => new VaultFinding(VaultFindingKind.Surplus, $"{key}", certified.ContainsKey(key) ? "has a key in the ring, though it has a certificate" : "has a key in the ring, and nothing else"));
    }

    private static IEnumerable<VaultFinding> OfErasures(VaultSight sight, Dictionary<RecordingId, Certificate> certified) => sight.Erasing
        .Where(erasing => sight.At >= erasing.Value + Patience)
        .Select(erasing => certified.TryGetValue(erasing.Key, out var certificate)
            ? new VaultFinding(VaultFindingKind.Surplus, $"{erasing.Key}", string.Create(CultureInfo.InvariantCulture, $"has a record of its erasure left, though certificate {certificate.Number} is written"))
            : new VaultFinding(VaultFindingKind.Missing, $"{erasing.Key}", $"was being erased at {Time(erasing.Value)}, and has no certificate"));

    private static IEnumerable<VaultFinding> OfCertificates(IReadOnlyList<Certificate> certificates, SealCheck seals)
    {
        var (before, seen) = (AuditChain.Beginning, new Dictionary<RecordingId, long>());
        foreach (var certificate in certificates)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"certificate {certificate.Number}");
            if (!seen.TryAdd(certificate.Recording, certificate.Number))
            {
                yield return new VaultFinding(VaultFindingKind.Certificate, name, string.Create(CultureInfo.InvariantCulture, $"is a second one for {certificate.Recording}, after {seen[certificate.Recording]}"));
            }

            if (certificate.FaultBy(seals) is { } fault)
            {
                yield return new VaultFinding(VaultFindingKind.Certificate, name, fault);
            }

            if (certificate.Previous != before)
            {
                yield return new VaultFinding(VaultFindingKind.Certificate, name, "does not name the hash of the one before it");
            }

            if (certificate.OpensAfterwards)
            {
                yield return new VaultFinding(VaultFindingKind.Certificate, name, $"says that {certificate.Recording} still opened afterwards");
            }

            before = certificate.HashOfWords();
        }
    }

    private static VaultFinding Found(VaultFindingKind kind, SeenPart part, string reason) => new(kind, $"{part.Id}", reason);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
