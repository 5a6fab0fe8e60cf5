using RecordingCluster.GrainInterfaces.Errors;
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
                if (See(files[i], part, ring, payloads) is { } seen)
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

    private static SeenPart? See(string file, PartId part, RingContent ring, bool payloads)
    {
        DateTimeOffset? expiresAt = null;
        var hasKey = ring.Keys.ContainsKey(part.Recording);
        try
        {
            var header = FileVault.ReadHeader(file);
            expiresAt = header.Opening.ExpiresAt;
            if (header.Opening.Part != part)
            {
                return new SeenPart(part, expiresAt, hasKey, null, null, $"is the file of {header.Opening.Part} by its header");
            }

            using var key = ring.Find(part.Recording)?.Key;
            if (key is null)
            {
                return new SeenPart(part, expiresAt, hasKey, null, null, null);
            }

            using var cipher = new PartCipher(key, header);
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var index = PartIndex.Read(handle, header, cipher, Path.GetFileName(file));
            return new SeenPart(part, expiresAt, hasKey, index.Fragments.Count, index.State, FaultOf(handle, index, cipher, payloads));
        }
        catch (FileNotFoundException)
        {
            return null; // erased meanwhile
        }
        catch (RecordingClusterException fault)
        {
            return new SeenPart(part, expiresAt, hasKey, null, null, fault.Message);
        }
    }

    private static string? FaultOf(Microsoft.Win32.SafeHandles.SafeFileHandle file, PartIndex index, PartCipher cipher, bool payloads)
    {
        // What an open part has behind its last sound record is being written, or a torn tail that the next start drops.
        var entries = index.Fragments.Prepend(index.Init).OfType<FragmentEntry>();
        var wrong = (payloads ? entries : entries.TakeLast(1)).FirstOrDefault(entry => !TornTail.PayloadOpens(file, entry, index, cipher));
        return wrong is null || index.State == PartState.Open ? null : $"record {wrong.Number} does not open";
    }
}
