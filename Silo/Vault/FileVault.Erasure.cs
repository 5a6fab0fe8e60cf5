using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Silo.Vault;

/// <summary>How a recording is destroyed (R9): facts kept, key out of the ring, bytes overwritten, checked.</summary>
internal sealed partial class FileVault
{
    private const string Method =
        "The recording's key (AES-256) was removed from the key ring, and the ring was written anew under a new sealing key, the old one "
        + "overwritten and deleted. Then each file was overwritten with random bytes, flushed, truncated, flushed and deleted, and the folder flushed.";

    private const string Limits =
        "Overwriting proves nothing on solid-state disks, copy-on-write file systems and snapshots; that is why the key is destroyed. "
        + "Whether somebody copied key and files together before their term, or filmed a screen, cannot be shown. No claim is made to any class of NIST SP 800-88.";

    // Facts of 512 recordings are a few hundred kilobytes; the ring is rewritten once for all of them.
    private const int MostAtOnce = 512;

    public async Task<Erasure?> Erase(RecordingId recording)
    {
        var erasing = new Erasing(recording);
        await erasures.Add(erasing);
        return erasing.Outcome();
    }

    public Task Forget(RecordingId recording) => forgotten.Add(recording);

    private Task ForgetAll(IReadOnlyList<RecordingId> recordings) => Task.Run(() =>
    {
        var paths = recordings.Select(ErasurePath).Where(File.Exists).ToList();
        paths.ForEach(File.Delete);
        if (paths.Count > 0)
        {
            Posix.FlushFolder(options.Folder);
        }
    });

    /// <summary>Undoes a start that failed: key and files go, and no facts are kept. Nothing was promised of it yet.</summary>
    public Task Discard(RecordingId recording) => Task.Run(() =>
    {
        lock (gate)
        {
            ring.Remove(recording);
            DestroyFiles(FilesOf(recording).ToList());
            FlushFolder();
        }
    });

    // Recordings that fall due together go together: each step is taken for all of them, flushed, and only then the next one.
    // What fails for one (a damaged record, a file that cannot be opened) is its own fault and holds up no other.
    private Task EraseAll(IReadOnlyList<Erasing> asked) => Task.Run(() =>
    {
        List<Erasing> batch = [.. asked.DistinctBy(one => one.Recording)];
        lock (gate)
        {
            var files = FilesOf(batch.Select(one => one.Recording));
            Crew.ForEach(batch, one => one.Try(() => one.Record = File.Exists(ErasurePath(one.Recording)) ? ErasureRecord.Read(ErasurePath(one.Recording)) : Describe(one.Recording, [.. files[one.Recording]])));

            // The facts are on disk first: from here on a crash at any step is gone on with, and still certified.
            Keep(UnderWay());
            step?.Invoke("after the facts are written");
            ring.Remove([.. UnderWay().Select(one => one.Recording)]);
            step?.Invoke("after the key is gone");
            Crew.ForEach(UnderWay(), one => one.Try(() => DestroyFiles(files[one.Recording])));
            FlushFolder();
            step?.Invoke("after the files are gone");

            var left = FilesOf(batch.Select(one => one.Recording));
            var (now, generation) = (clock.GetUtcNow(), ring.Generation);
            var checkedNow = UnderWay();
            Crew.ForEach(checkedNow, one => one.Try(() => one.Record = Judge(one.Record!, Opens(one.Recording, left[one.Recording]), now, generation)));
            Keep([.. checkedNow.Where(one => one.Fault is null)]);
            step?.Invoke("after the outcome is written");
        }

        foreach (var again in asked.Except(batch))
        {
            again.Follow(batch.First(one => one.Recording == again.Recording));
        }

        List<Erasing> UnderWay() => [.. batch.Where(one => one is { Fault: null, Record.IsDone: false })];
    });

    private static ErasureRecord Judge(ErasureRecord record, bool opens, DateTimeOffset now, long generation) => record with
    {
        IsDone = !opens,
        Erasure = record.Erasure with { ErasedAt = now, RingGeneration = generation, OpensAfterwards = opens, Check = CheckSentence(record.Erasure) },
    };

    private void Keep(List<Erasing> erasing)
    {
        Crew.ForEach(erasing, one => one.Try(() => one.Record!.Write(ErasurePath(one.Recording))));
        if (erasing.Count > 0)
        {
            FlushFolder();
        }
    }

    private ErasureRecord? Describe(RecordingId recording, List<string> files)
    {
        using var key = ring.Find(recording)?.Key;
        if (files.Count == 0 && key is null)
        {
            return null;
        }

        var headers = files.Select(TryReadHeader).OfType<PartHeader>().ToList();
        var first = headers.FirstOrDefault()?.Opening;
        var now = clock.GetUtcNow();
        var (span, tracks) = SealedFactsOf(headers, key, now);
        return new ErasureRecord(
            new Erasure(
                recording,
                first?.Site.Value ?? "",
                first?.Room.Value ?? "",
                first?.RegulationVersion ?? "",
                span,
                first?.ExpiresAt ?? now,
                ErasedAt: now,
                [.. files.Select(Describe)],
                headers.FirstOrDefault()?.KeyId ?? Guid.Empty,
                RingGeneration: 0,
                Method,
                OpensAfterwards: true,
                Check: "",
                Limits,
                storageName.Value,
                tracks),
            IsDone: false);
    }

    private ErasedPart Describe(string file)
    {
        var opening = TryReadHeader(file)?.Opening;
        return new ErasedPart(PartOf(file)!.Value, new FileInfo(file).Length, DigestOf(file), opening?.Tracks, opening?.CopyOf is null ? null : Name);
    }

    // Read from the sealed facts while the key is still there; a damaged part counts by its header.
    private (TimeRange Span, MediaTracks? Tracks) SealedFactsOf(List<PartHeader> headers, SecretKey? key, DateTimeOffset now)
    {
        var parts = headers.Select(header => TryDescribe(header, key)).OfType<Part>().ToList();
        var from = headers.Count > 0 ? headers.Min(header => header.Opening.PartStartedAt) : now;
        return (
            new TimeRange(from, parts.Select(part => part.Span.Until).Append(from).Max()),
            parts.Count == 0 ? null : parts.Aggregate(MediaTracks.None, (tracks, part) => tracks | TracksOf(part)));
    }

    private static MediaTracks TracksOf(Part part) =>
        (part.VideoFrames > 0 ? MediaTracks.Picture : MediaTracks.None) | (part.Sound > TimeSpan.Zero ? MediaTracks.Sound : MediaTracks.None);

    private Part? TryDescribe(PartHeader header, SecretKey? key)
    {
        var part = header.Opening.Part;
        try
        {
            if (key is not null)
            {
                using var cipher = new PartCipher(key, header);
                using var file = PartFile.Open(PathOf(part));
                return PartIndex.Read(file, header, cipher, NameOf(part)).Describe(header, 0);
            }
        }
        catch (RecordingClusterException fault)
        {
            LogDamaged(NameOf(part), fault.Message);
        }

        return null;
    }

    private void DestroyFiles(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            if (writers.TryGetValue(PartOf(file)!.Value, out var writer))
            {
                writer.Abandon();
            }

            FileShredder.Destroy(file);
            terms.TryRemove(PartOf(file)!.Value, out _);
            step?.Invoke("after a file is gone");
        }
    }

    private void FlushFolder()
    {
        if (Directory.Exists(options.Folder))
        {
            Posix.FlushFolder(options.Folder);
        }
    }

    private bool Opens(RecordingId recording, IEnumerable<string> files)
    {
        if (ring.Has(recording))
        {
            return true;
        }

        // Every way to the bytes is tried as a reader would.
        return files.Any(file =>
        {
            try
            {
                using var reader = OpenSound(PartOf(file)!.Value);
                return true;
            }
            catch (RecordingClusterException)
            {
                return false;
            }
        });
    }

    private static string CheckSentence(Erasure erasure) =>
        $"The key was looked up in the ring and {erasure.Parts.Length} part file(s) were opened by name: neither was there.";

    private PartHeader? TryReadHeader(string file)
    {
        try
        {
            return ReadHeader(file);
        }
        catch (RecordingClusterException fault)
        {
            LogDamaged(Path.GetFileName(file), fault.Message);
            return null;
        }
    }

    private string DigestOf(string file)
    {
        try
        {
            using var stream = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (IOException fault)
        {
            // A disk that does not give the bytes back holds up no erasure.
            LogDamaged(Path.GetFileName(file), fault.Message);
            return "";
        }
    }
}
