using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault.Checking;

/// <summary>Looks at the vault's folder and ring, and changes nothing; it may run beside the silo that writes there.</summary>
internal sealed class VaultLook(VaultOptions options)
{
    /// <param name="payloads">Opens every picture and sound in memory, to see that each is what was sealed. Reads all bytes.</param>
    /// <param name="progress">Hears how many of how many files were looked at.</param>
    public (List<SeenPart> Parts, List<string> Strays, Dictionary<RecordingId, DateTimeOffset> Erasing, HashSet<RecordingId> Keys) Take(bool payloads, Action<int, int> progress)
    {
        var (parts, strays, erasing) = (new List<SeenPart>(), new List<string>(), new Dictionary<RecordingId, DateTimeOffset>());
        using var ring = new KeyRingFile(options.KeyFolder, SealingCredential.Find()).Look();
        var files = Directory.Exists(options.Folder) ? Directory.GetFiles(options.Folder) : [];
        for (var i = 0; i < files.Length; i++)
        {
            var name = Path.GetFileName(files[i]);
            if (FileVault.PartOf(files[i]) is { } part && name.EndsWith(FileVault.PartExtension, StringComparison.Ordinal))
            {
                using var key = ring.Find(part.Recording)?.Key;
                if (PartExam.Of(files[i], part, key, payloads) is { } seen)
                {
                    parts.Add(seen);
                }
            }
            else if (name.EndsWith(ErasureRecord.Extension, StringComparison.Ordinal) && Guid.TryParseExact(Path.GetFileNameWithoutExtension(name), "N", out var recording))
            {
                erasing[new RecordingId(recording)] = new DateTimeOffset(File.GetLastWriteTimeUtc(files[i]), TimeSpan.Zero);
            }
            else if (!name.EndsWith(DurableFile.FreshSuffix, StringComparison.Ordinal))
            {
                strays.Add(name);
            }

            progress(i + 1, files.Length);
        }

        return (parts, strays, erasing, [.. ring.Keys.Keys]);
    }
}
