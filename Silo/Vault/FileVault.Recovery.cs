using System.Collections.Concurrent;
using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Vault.Checking;

namespace RecordingCluster.Silo.Vault;

/// <summary>What a start does with what a crash left, and what the sweep finds.</summary>
internal sealed partial class FileVault
{
    private readonly ConcurrentDictionary<PartId, (RecordingId Recording, DateTimeOffset ExpiresAt)> terms = new();

    /// <summary>
    /// Run before anything is served: drops torn tails, closes parts that a crash left open (copies stay open), goes on with
    /// erasures that were under way. A damaged part is left as it is and named in the log.
    /// </summary>
    public async Task Recover()
    {
        DurableFile.MakeFolder(options.Folder);
        await Task.WhenAll(AllFiles(ErasureRecord.Extension)
            .Select(file => Guid.TryParseExact(Path.GetFileNameWithoutExtension(file), "N", out var recording) ? Erase(new RecordingId(recording)) : Task.CompletedTask)
            .ToList());

        // The start waits for it: there may be 100,000, each a file to open.
        await Task.Run(() => Parallel.ForEach(
            AllFiles(PartExtension).Select(PartOf).OfType<PartId>().Where(part => !writers.ContainsKey(part)).ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            Recover));
    }

    /// <summary>All parts that have a file here.</summary>
    public IReadOnlyList<PartId> Held() => [.. AllFiles(PartExtension).Select(PartOf).OfType<PartId>()];

    /// <summary>Parts that this silo saw here since its start, whose recording nobody erased, and whose file is gone.</summary>
    public Task<ImmutableArray<PartId>> Vanished() => Task.Run(() =>
    {
        // In this order: of what is begun meanwhile the file comes first, and of what is erased meanwhile the key goes first.
        var known = terms.Keys;
        var held = Held().ToHashSet();
        return known.Where(part => !held.Contains(part) && ring.Has(part.Recording)).Order().ToImmutableArray();
    });

    /// <summary>Opens all of a part in memory, picture by picture, to see that each is what was sealed.</summary>
    /// <returns>What was seen; null when it is gone.</returns>
    public Task<SeenPart?> Examine(PartId part) => Task.Run(() =>
    {
        using var key = ring.Find(part.Recording)?.Key;
        return PartExam.Of(PathOf(part), part, key, payloads: true);
    });

    /// <summary>Recordings whose term passed at least <paramref name="by"/> ago and of which something is here, from file headers alone (R10).</summary>
    public Task<ImmutableArray<RecordingId>> Overdue(TimeSpan by) => Task.Run(() => Overdue(by, ReadTerm));

    /// <summary>The same for who asks every few seconds, as health is asked: a header that was read once is not read again, since it never changes.</summary>
    public Task<ImmutableArray<RecordingId>> KnownOverdue(TimeSpan by) =>
        Task.Run(() => Overdue(by, file => PartOf(file) is { } part && terms.TryGetValue(part, out var term) ? term : ReadTerm(file)));

    private ImmutableArray<RecordingId> Overdue(TimeSpan by, Func<string, (RecordingId Recording, DateTimeOffset ExpiresAt)> termOf)
    {
        var due = clock.GetUtcNow() - by;
        var overdue = ImmutableHashSet.CreateBuilder<RecordingId>();
        foreach (var file in AllFiles(PartExtension))
        {
            try
            {
                var term = termOf(file);
                if (term.ExpiresAt <= due)
                {
                    overdue.Add(term.Recording);
                }
            }
            catch (RecordingClusterException fault)
            {
                LogDamaged(Path.GetFileName(file), fault.Message);
            }
        }

        foreach (var file in AllFiles(ErasureRecord.Extension))
        {
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(file), "N", out var recording))
            {
                overdue.Add(new RecordingId(recording));
            }
        }

        return overdue.ToImmutableArray();
    }

    private (RecordingId Recording, DateTimeOffset ExpiresAt) ReadTerm(string file) => Know(ReadHeader(file).Opening);

    // Some dozen bytes a part, until the silo ends.
    private (RecordingId Recording, DateTimeOffset ExpiresAt) Know(PartOpening opening) => terms[opening.Part] = (opening.Part.Recording, opening.ExpiresAt);

    private void Recover(PartId part)
    {
        try
        {
            var path = PathOf(part);
            var header = ReadHeader(path);
            Know(header.Opening);
            if (ring.Find(part.Recording)?.Key is not { } key)
            {
                // Its erasure lost a race with the crash before the file went: the sweep takes it.
                return;
            }

            using var _ = key;
            using var cipher = new PartCipher(key, header);
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
            if (PartIndex.EndsClosed(file, header, cipher, NameOf(part)))
            {
                return; // a talk has thousands of records, which are looked at when somebody reads them, and once a day
            }

            var index = PartIndex.Read(file, header, cipher, NameOf(part));
            if (index.State != PartState.Open)
            {
                return;
            }

            var end = TornTail.EndOf(file, index, cipher, NameOf(part));
            var torn = RandomAccess.GetLength(file) - end.Offset;
            RandomAccess.SetLength(file, end.Offset);
            if (header.Opening.CopyOf is not null)
            {
                // How it ends says its part, when that can be asked again.
                RandomAccess.FlushToDisk(file);
                return;
            }

            var frame = new RecordFrame(RecordKind.Recovered, end.Sequence, 0);
            var record = new byte[frame.RecordBytes];
            cipher.Seal(frame, new byte[FragmentFacts.SizeInBytes], [], record);
            RandomAccess.Write(file, record, end.Offset);
            RandomAccess.FlushToDisk(file);
            LogRecovered(part, end.Fragments, torn);
        }
        catch (Exception fault) when (fault is RecordingClusterException or IOException)
        {
            LogDamaged(NameOf(part), fault.Message);
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "{Part} was left open by a crash and is closed now: {Fragments} fragments, {TornBytes} torn bytes dropped")]
    private partial void LogRecovered(PartId part, int fragments, long tornBytes);

    [LoggerMessage(2002, LogLevel.Critical, "{File} is damaged and left as it is: {What}")]
    private partial void LogDamaged(string file, string what);
}
