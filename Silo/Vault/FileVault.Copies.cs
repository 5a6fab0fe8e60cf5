using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault;

/// <summary>Second copies: what this vault gives of its own parts, and what it keeps of its sisters'. A copy is a file like a part's, with its part's name; its header says whose it is.</summary>
internal sealed partial class FileVault
{
    /// <summary>The parts that are being written here, copies left out.</summary>
    public IReadOnlyList<PartId> Written() => [.. writers.Values.Where(writer => writer.Snapshot.Vault is null).Select(writer => writer.Id)];

    /// <summary>All parts of this vault's own whose term runs, copies of others' left out.</summary>
    public Task<ImmutableArray<PartId>> OwnParts() => Task.Run(() =>
    {
        var now = clock.GetUtcNow();
        return AllFiles(PartExtension).Where(file => PartOf(file) is not null).Select(TryReadHeader).OfType<PartHeader>()
            .Where(header => header.Opening.CopyOf is null && header.Opening.ExpiresAt > now)
            .Select(header => header.Opening.Part)
            .ToImmutableArray();
    });

    /// <summary>Opens a part of this vault's own for its copy.</summary>
    /// <exception cref="RecordingClusterException">NotFound: there is none, or its term has passed, or its key is gone. DataLoss: the file is not what was written.</exception>
    public PartSource OpenToCopy(PartId part) =>
        new(OpenSound(part), () => writers.GetValueOrDefault(part), Name ?? throw new InvalidOperationException("A vault that is alone has no sister to keep a copy."), new FileInfo(PathOf(part)).Length);

    /// <summary>Goes on with a copy where it ended, or begins it. Its file is there, with its header and its room, when this returns.</summary>
    /// <param name="opening">As the part's own, with the silo that made it.</param>
    /// <param name="bytes">As much as it can become.</param>
    /// <returns>Null when it has its end already.</returns>
    /// <exception cref="RecordingClusterException">
    /// NotFound: the term has passed, or the recording is being erased. Unavailable: the disk has no room for all of it, and nothing
    /// is kept. Conflict: there is something else of that name. DataLoss: the copy is not what was written.
    /// </exception>
    public Task<PartWriter?> KeepCopy(PartOpening opening, long bytes) => Task.Run(() =>
    {
        // An erasure comes before it, and then there is none; or after it, and then it goes with the rest.
        lock (gate)
        {
            CheckWanted(opening);
            if (writers.TryGetValue(opening.Part, out var writer))
            {
                return writer.Snapshot.Vault == opening.CopyOf ? writer : throw VaultError.Conflict(opening.Part, "it is written here already.");
            }

            DurableFile.MakeFolder(options.Folder);
            return Has(opening.Part) ? GoOn(opening, bytes) : BeginCopy(opening, bytes);
        }
    });

    /// <summary>Whether there is a file of a part here, or of a copy of it.</summary>
    public bool Has(PartId part) => File.Exists(PathOf(part));

    /// <summary>Takes away a copy that was begun and is not wanted, and its recording's key where nothing else needs it. Nothing of the talk is in it yet.</summary>
    public Task DiscardCopy(PartId part) => Task.Run(() =>
    {
        lock (gate)
        {
            DestroyFiles(FilesOf(part.Recording).Where(file => PartOf(file) == part).ToList());
            if (!FilesOf(part.Recording).Any())
            {
                ring.Remove(part.Recording);
            }

            FlushFolder();
        }
    });

    // Looked at before the ring gets a key: who asks in vain asks again, and each key would be a rewrite of the ring.
    private PartWriter BeginCopy(PartOpening opening, long bytes)
    {
        if (new DriveInfo(options.Folder).AvailableFreeSpace < bytes)
        {
            throw VaultError.Full(bytes);
        }

        return Begin(opening, new SpaceNeed(bytes, OrRefuse: true));
    }

    private PartWriter? GoOn(PartOpening opening, long bytes)
    {
        var (part, path) = (opening.Part, PathOf(opening.Part));
        var header = ReadHeader(path);
        if (header.Opening != opening)
        {
            throw VaultError.Conflict(part, "what stands here is no copy of it.");
        }

        Recover(part); // what was torn goes; it was not acknowledged, and comes again
        using var key = ring.Find(part.Recording)?.Key ?? throw VaultError.Gone(part.Recording);
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        var cipher = new PartCipher(key, header);
        try
        {
            var index = PartIndex.Read(file, header, cipher, NameOf(part));
            if (index.State == PartState.Open && !Posix.TryReserve(file, index.EndOfRecords, bytes - index.EndOfRecords))
            {
                throw VaultError.Full(bytes - index.EndOfRecords);
            }

            if (index.State == PartState.Open)
            {
                return Write(new PartWriter(path, file, header, cipher, Ended, there: index));
            }
        }
        catch
        {
            file.Dispose();
            cipher.Dispose();
            throw;
        }

        file.Dispose();
        cipher.Dispose();
        return null;
    }

    private PartWriter Write(PartWriter writer)
    {
        writers[writer.Id] = writer;
        return writer;
    }

    private void Ended(PartWriter writer) => writers.TryRemove(KeyValuePair.Create(writer.Id, writer));

    private void CheckWanted(PartOpening opening)
    {
        if (clock.GetUtcNow() >= opening.ExpiresAt || File.Exists(ErasurePath(opening.Part.Recording)))
        {
            throw VaultError.Gone(opening.Part.Recording);
        }
    }
}
