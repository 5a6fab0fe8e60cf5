using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Silo.Vault;

/// <summary>Parts as sealed files in one folder. README.md states the invariants V1 to V6 that all of this keeps.</summary>
internal sealed partial class FileVault : ISiloVault
{
    public const string PartExtension = ".part";

    private readonly VaultOptions options;
    private readonly KeyRing ring;
    private readonly TimeProvider clock;
    private readonly ILogger<FileVault> log;
    private readonly Action<string>? step;
    private readonly ConcurrentDictionary<PartId, PartWriter> writers = new();
    private readonly Lock gate = new();
    private readonly GroupCommit<Erasing> erasures;
    private readonly GroupCommit<RecordingId> forgotten;
    private readonly Lazy<string> storageName;

    public FileVault(VaultOptions options, KeyRing ring, TimeProvider clock, ILogger<FileVault> log, Action<string>? step = null)
    {
        (this.options, this.ring, this.clock, this.log, this.step) = (options, ring, clock, log, step);
        erasures = new GroupCommit<Erasing>(EraseAll, MostAtOnce);
        forgotten = new GroupCommit<RecordingId>(ForgetAll, MostAtOnce);
        storageName = new Lazy<string>(() => StorageName.Of(options.Folder));
    }

    public string? Name => options.Name;

    /// <summary>Begins a part, and makes the recording's key when it has none. Its file is there, with its header, when this returns.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">
    /// NotFound: the term has passed. Conflict: there is such a part. Unavailable: the disk has no room for as much as was asked.
    /// </exception>
    public Task<PartWriter> Create(PartOpening opening, SpaceNeed space = default) => Task.Run(() =>
    {
        CheckWanted(opening);
        DurableFile.MakeFolder(options.Folder);
        return File.Exists(PathOf(opening.Part)) ? throw VaultError.Conflict(opening.Part, "it exists.") : Begin(opening, space);
    });

    /// <summary>Closes a part whose writer failed, such as on a full disk, as a start after a crash would: what was acknowledged is kept.</summary>
    public Task Mend(PartId part) => Task.Run(() =>
    {
        // A copy may be gone on with at any moment, and what is written then is no torn tail.
        lock (gate)
        {
            if (!writers.ContainsKey(part) && Has(part) && !File.Exists(ErasurePath(part.Recording)))
            {
                Recover(part);
            }
        }
    });

    /// <summary>Opens a part for reading.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">
    /// NotFound: there is none, or its term has passed, or its key is gone. DataLoss: the file is not what was written, or
    /// was cut off behind a sound record.
    /// </exception>
    public PartReader Open(PartId part)
    {
        var reader = OpenSound(part);
        if (reader.State == PartState.Open && reader.Header.Opening.CopyOf is null && !writers.ContainsKey(part))
        {
            reader.Dispose();

            // Start-up closes what a crash left open. So a part without closing record that nobody writes has lost it.
            throw VaultError.Damaged(NameOf(part), "its closing record is missing: the end was cut off or damaged.");
        }

        return reader;
    }

    /// <summary>Opens what is sound of a part, from its beginning on: all of it, or of one that was cut off or damaged what comes before that.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">
    /// NotFound: there is none, or its term has passed, or its key is gone. DataLoss: nothing of it opens.
    /// </exception>
    public PartReader OpenSound(PartId part)
    {
        var path = PathOf(part);
        if (!File.Exists(path))
        {
            throw VaultError.NoPart(part);
        }

        var header = HeaderOf(part);
        CheckTerm(header);
        using var key = ring.Find(part.Recording)?.Key ?? throw VaultError.Gone(part.Recording);
        var file = PartFile.Open(path);
        var cipher = new PartCipher(key, header);
        try
        {
            return new PartReader(file, header, cipher, NameOf(part), () => CheckTerm(header), clock);
        }
        catch
        {
            cipher.Dispose();
            file.Dispose();
            throw;
        }
    }

    public Task<ImmutableArray<Part>> Parts(RecordingId recording, ImmutableArray<Fence> fences) => Task.Run(() =>
        FilesOf(recording)
            .Select(file => PartOf(file)!.Value)
            .Select(part => Describe(part, fences.Where(fence => part.Epoch <= fence.Epoch).Select(fence => (DateTimeOffset?)fence.At).Min()))
            .OfType<Part>().Select(part => part with { Vault = part.Vault ?? Name }).ToImmutableArray());

    private PartWriter Begin(PartOpening opening, SpaceNeed space)
    {
        var (keyId, key) = ring.FindOrAdd(opening.Part.Recording, opening.ExpiresAt);
        using var _ = key;
        var (header, bytes) = PartHeader.Create(opening, keyId);
        var file = Make(opening.Part, bytes, space);
        Know(opening);
        return Write(new PartWriter(PathOf(opening.Part), file, header, new PartCipher(key, header), Ended, space.Bytes));
    }

    // With its header on disk and its room taken, or not at all: a full disk is tried again each second, and leaves nothing behind.
    private SafeFileHandle Make(PartId part, byte[] header, SpaceNeed space)
    {
        var path = PathOf(part);
        SafeFileHandle? file = null;
        try
        {
            DurableFile.Write(path, header);
            Posix.FlushFolder(options.Folder);
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete);
            return Posix.TryReserve(file, header.Length, space.Bytes) || !space.OrRefuse ? file : throw VaultError.Full(space.Bytes);
        }
        catch
        {
            file?.Dispose();
            File.Delete(path);
            throw;
        }
    }

    // Of an expired part nothing is told, since its facts are sealed like the rest; a damaged one is told as that.
    private Part? Describe(PartId part, DateTimeOffset? fencedAt)
    {
        var isWritten = writers.TryGetValue(part, out var writer);
        if (isWritten && fencedAt is null)
        {
            return writer!.Snapshot;
        }

        var length = new FileInfo(PathOf(part)).Length;
        try
        {
            using var reader = OpenSound(part);
            var described = reader.Describe(length, fencedAt);

            // Start-up closes what a crash left open, so nobody's open part is a damaged one. A copy waits for its part to go on, and
            // of what came too late nothing is missed.
            var isMissed = described.State == PartState.Open && described.Vault is null && !isWritten && (described.Fragments > 0 || fencedAt is null);
            return isMissed ? described with { State = PartState.Damaged } : described;
        }
        catch (RecordingClusterException fault) when (fault.Kind == ErrorKind.NotFound)
        {
            return null;
        }
        catch (RecordingClusterException fault) when (fault.Kind == ErrorKind.DataLoss)
        {
            LogDamaged(NameOf(part), fault.Message);
            return new Part(part, default, 0, 0, TimeSpan.Zero, length, PartState.Damaged);
        }
    }

    // An erasure overwrites the files once the key is gone: what is read meanwhile is gone, not damaged.
    private PartHeader HeaderOf(PartId part)
    {
        try
        {
            return ReadHeader(PathOf(part));
        }
        catch (Exception fault) when (fault is FileNotFoundException or RecordingClusterException { Kind: ErrorKind.DataLoss } && !ring.Has(part.Recording))
        {
            throw VaultError.Gone(part.Recording);
        }
    }

    // From the moment the term has passed nothing can be read, whether or not erasure has run (R8).
    private void CheckTerm(PartHeader header)
    {
        var recording = header.Opening.Part.Recording;
        if (clock.GetUtcNow() >= header.Opening.ExpiresAt || !ring.Has(recording))
        {
            throw VaultError.Gone(recording);
        }
    }

    internal static PartHeader ReadHeader(string path)
    {
        var bytes = new byte[PartHeader.MostBytes];
        using var file = PartFile.Open(path);
        var read = PartFile.Read(file, bytes, 0, Path.GetFileName(path));
        return PartHeader.Read(bytes.AsMemory(0, read), Path.GetFileName(path));
    }

    private IEnumerable<string> FilesOf(RecordingId recording) =>
        Directory.Exists(options.Folder)
            ? Directory.EnumerateFiles(options.Folder, $"{recording.Value:N}-*{PartExtension}").Where(file => PartOf(file) is not null).OrderBy(file => PartOf(file)!.Value)
            : [];

    // One look into the folder, however many recordings: with thousands of files a look for each would take minutes.
    private ILookup<RecordingId, string> FilesOf(IEnumerable<RecordingId> recordings)
    {
        var wanted = recordings.ToHashSet();
        return AllFiles(PartExtension)
            .Where(file => PartOf(file) is { } part && wanted.Contains(part.Recording))
            .OrderBy(file => PartOf(file)!.Value)
            .ToLookup(file => PartOf(file)!.Value.Recording);
    }

    private IEnumerable<string> AllFiles(string extension) =>
        Directory.Exists(options.Folder) ? Directory.EnumerateFiles(options.Folder, $"*{extension}") : [];

    private string PathOf(PartId part) => Path.Combine(options.Folder, NameOf(part));

    private string ErasurePath(RecordingId recording) => Path.Combine(options.Folder, $"{recording.Value:N}{ErasureRecord.Extension}");

    private static string NameOf(PartId part) => $"{part.Recording.Value:N}-{part.Epoch:D4}-{part.Number:D4}{PartExtension}";

    internal static PartId? PartOf(string path) =>
        Path.GetFileNameWithoutExtension(path).Split('-') is [var recording, var epoch, var number]
        && Guid.TryParseExact(recording, "N", out var id)
        && int.TryParse(epoch, out var e)
        && int.TryParse(number, out var n)
            ? new PartId(new RecordingId(id), e, n)
            : null;
}
