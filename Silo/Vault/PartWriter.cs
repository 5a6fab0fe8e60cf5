using System.Buffers;
using Microsoft.Win32.SafeHandles;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Silo.Vault;

/// <summary>Writes one part: init, fragments, closing record. One user at a time.</summary>
/// <remarks>What <see cref="Append"/> answered for is on disk (V3). After an error it takes nothing more: a torn record must stay the last.</remarks>
internal sealed class PartWriter : IAsyncDisposable
{
    private readonly SafeFileHandle file;
    private readonly PartCipher cipher;
    private readonly Action<PartWriter> released;
    private readonly Lock gate = new();
    private long length;
    private uint sequence;
    private bool broken;
    private bool isReleased;

    internal PartWriter(SafeFileHandle file, PartHeader header, PartCipher cipher, Action<PartWriter> released)
    {
        this.file = file;
        this.cipher = cipher;
        this.released = released;
        length = header.SizeInBytes;
        var began = header.Opening.PartStartedAt;
        Snapshot = new Part(header.Opening.Part, new TimeRange(began, began), 0, 0, TimeSpan.Zero, length, PartState.Open, header.Opening.Room, header.Opening.Camera, Tracks: header.Opening.Tracks);
    }

    public PartId Id => Snapshot.Id;

    /// <summary>What is stored so far.</summary>
    public Part Snapshot { get; private set; }

    /// <summary>Writes ftyp and moov, once, before the first fragment.</summary>
    public Task WriteInit(ReadOnlyMemory<byte> init) => Task.Run(() =>
    {
        if (sequence != 0)
        {
            throw VaultError.Conflict(Id, "it has its beginning already.");
        }

        Write(RecordKind.Init, default, init);
    });

    /// <summary>Seals and stores a fragment; it is on disk when this returns.</summary>
    public Task Append(FragmentFacts facts, ReadOnlyMemory<byte> fragment) => Task.Run(() =>
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
    });

    /// <summary>Says in the file that this is all, and lets go of it. Safe to repeat.</summary>
    public Task Close() => Task.Run(() =>
    {
        if (Snapshot.State == PartState.Open && !broken)
        {
            Write(RecordKind.Closed, default, default);
            RandomAccess.SetLength(file, length); // gives back what was reserved behind it
            Snapshot = Snapshot with { State = PartState.Closed, SealedBytes = length };
        }

        Release();
    });

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
