using System.Buffers;
using Microsoft.Win32.SafeHandles;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Silo.Vault;

/// <summary>Writes one part: init, fragments, closing record. One user at a time.</summary>
/// <remarks>What <see cref="Append"/> answered for is on disk (V3). After an error it takes nothing more: a torn record must stay the last.</remarks>
internal sealed class PartWriter : IAsyncDisposable
{
    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly PartCipher cipher;
    private readonly Action<PartWriter> released;
    private readonly Lock gate = new();
    private readonly Lock taking = new();
    private long length;
    private uint sequence;
    private bool broken;
    private bool isReleased;

    /// <param name="path">Where the part's file is.</param>
    /// <param name="file">That file.</param>
    /// <param name="header">That it begins with.</param>
    /// <param name="cipher">Of this part.</param>
    /// <param name="released">Called once it is done with.</param>
    /// <param name="roomBytes">What was reserved for it.</param>
    /// <param name="there">What it holds already, when it goes on with a copy that was cut off.</param>
    internal PartWriter(string path, SafeFileHandle file, PartHeader header, PartCipher cipher, Action<PartWriter> released, long roomBytes = 0, PartIndex? there = null)
    {
        RoomBytes = roomBytes;
        this.path = path;
        this.file = file;
        this.cipher = cipher;
        this.released = released;
        there ??= new PartIndex(null, [], PartState.Open, header.SizeInBytes);
        length = there.EndOfRecords;
        sequence = there.Init is null ? 0 : (uint)there.Fragments.Count + 1;
        Snapshot = there.Describe(header, length);
    }

    public PartId Id => Snapshot.Id;

    /// <summary>What is stored so far.</summary>
    public Part Snapshot { get; private set; }

    /// <summary>The room that was asked for it on the disk.</summary>
    public long RoomBytes { get; private set; }

    /// <summary>How many records it has: the beginning, and its fragments.</summary>
    public int Records => (int)sequence;

    /// <summary>Takes the next record of a copy; one that is there already is left as it is. Of several who bring one at once, each has its turn.</summary>
    public Task Take(CopyRecord record) => Task.Run(() =>
    {
        // A sister that had no answer in time asks again, while the first is still being written.
        lock (taking)
        {
            if (record.Number >= Records)
            {
                Next(record);
            }
        }
    });

    /// <summary>Writes ftyp and moov, once, before the first fragment.</summary>
    public Task WriteInit(ReadOnlyMemory<byte> init) => Task.Run(() => Begin(init));

    /// <summary>Seals and stores a fragment; it is on disk when this returns.</summary>
    public Task Append(FragmentFacts facts, ReadOnlyMemory<byte> fragment) => Task.Run(() => Add(facts, fragment));

    /// <summary>Takes room on the disk for this much more than it holds; where there is not as much, what there is will be taken by and by.</summary>
    public Task Reserve(long bytes) => Task.Run(() =>
    {
        lock (gate)
        {
            if (!isReleased && Posix.TryReserve(file, length, bytes))
            {
                RoomBytes = length + bytes;
            }
        }
    });

    /// <summary>Says in the file that this is all, and lets go of it. Safe to repeat.</summary>
    public Task Close() => Task.Run(() => End(RecordKind.Closed));

    private void Next(CopyRecord record)
    {
        if (record.Number > Records || record.Number == 0 != (record.Kind == RecordKind.Init))
        {
            throw VaultError.Conflict(Id, $"record {record.Number} ({record.Kind}) does not come next.");
        }

        switch (record.Kind)
        {
            case RecordKind.Init:
                Begin(record.Payload);
                break;
            case RecordKind.Fragment:
                Add(record.Facts, record.Payload);
                break;
            default:
                End(record.Kind);
                if (Snapshot.State == PartState.Open)
                {
                    throw VaultError.Conflict(Id, "it takes nothing more.");
                }

                break;
        }
    }

    private void Begin(ReadOnlyMemory<byte> init)
    {
        if (sequence != 0)
        {
            throw VaultError.Conflict(Id, "it has its beginning already.");
        }

        Write(RecordKind.Init, default, init);
    }

    private void Add(FragmentFacts facts, ReadOnlyMemory<byte> fragment)
    {
        if (sequence == 0)
        {
            throw VaultError.Conflict(Id, "it has no beginning yet.");
        }

        Write(RecordKind.Fragment, facts, fragment);
        var from = Snapshot.Fragments == 0 ? facts.From : Snapshot.Span.From;
        Snapshot = Snapshot with
        {
            Span = new TimeRange(from, facts.From + facts.Duration),
            Fragments = Snapshot.Fragments + 1,
            VideoFrames = Snapshot.VideoFrames + facts.VideoFrames,
            Sound = Snapshot.Sound + facts.Sound,
            SealedBytes = length,
        };
    }

    private void End(RecordKind how)
    {
        if (Snapshot.State == PartState.Open && !broken)
        {
            Write(how, default, default);
            RandomAccess.SetLength(file, length); // gives back what was reserved behind it
            Snapshot = Snapshot with { State = how == RecordKind.Closed ? PartState.Closed : PartState.Recovered, SealedBytes = length };
        }

        Release();
    }

    /// <summary>The recording is being erased: nothing more is taken, whoever still writes.</summary>
    internal void Abandon()
    {
        lock (gate)
        {
            broken = true;
        }

        Release();
    }

    /// <summary>Without <see cref="Close"/> the part stays open, as after a crash, and the next start recovers it.</summary>
    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }

    private void Write(RecordKind kind, FragmentFacts facts, ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > RecordFrame.MostPayloadBytes)
        {
            throw VaultError.Conflict(Id, $"a fragment of {payload.Length} bytes is over the limit of {RecordFrame.MostPayloadBytes}.");
        }

        var frame = new RecordFrame(kind, sequence, payload.Length);
        var record = ArrayPool<byte>.Shared.Rent(frame.RecordBytes);
        lock (gate)
        {
            if (broken || isReleased || Snapshot.State != PartState.Open)
            {
                ArrayPool<byte>.Shared.Return(record);
                throw VaultError.Conflict(Id, "it takes nothing more.");
            }

            // Until the flush is done the record may be torn; only then is the part sound again.
            broken = true;
            Span<byte> plainFacts = stackalloc byte[FragmentFacts.SizeInBytes];
            facts.Write(plainFacts);
            var sealedRecord = record.AsSpan(0, frame.RecordBytes);
            try
            {
                cipher.Seal(frame, plainFacts, payload.Span, sealedRecord);
                RandomAccess.Write(file, sealedRecord, length);
                RandomAccess.FlushToDisk(file);
                CheckIsThere();
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(record);
            }

            length += frame.RecordBytes;
            sequence++;
            broken = false;
        }
    }

    // A file that was moved or deleted, alone or with its folder, takes bytes for as long as it is open, and nobody finds them again.
    private void CheckIsThere()
    {
        if (!File.Exists(path))
        {
            throw VaultError.Vanished(path);
        }
    }

    private void Release()
    {
        lock (gate)
        {
            if (isReleased)
            {
                return;
            }

            isReleased = true;
            file.Dispose();
            cipher.Dispose();
        }

        released(this);
    }
}
