using System.Buffers;
using Microsoft.Win32.SafeHandles;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Silo.Vault;

/// <summary>Opens the fragments of one part for whoever has a permit, as long as its term runs and its key is there (R8).</summary>
internal sealed class PartReader : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly PartCipher cipher;
    private PartIndex index;
    private readonly Action checkTerm;
    private readonly TimeProvider clock;
    private readonly string name;

    internal PartReader(SafeFileHandle file, PartHeader header, PartCipher cipher, string name, Action checkTerm, TimeProvider clock)
    {
        this.file = file;
        this.cipher = cipher;
        this.name = name;
        this.checkTerm = checkTerm;
        this.clock = clock;
        Header = header;
        index = PartIndex.Read(file, header, cipher, name);
    }

    public PartHeader Header { get; }

    public PartState State => index.State;

    public IReadOnlyList<FragmentEntry> Fragments => index.Fragments;

    /// <summary>ftyp and moov: what any fragment of the part needs, and no picture.</summary>
    public byte[] ReadInit(ViewingPermit permit) =>
        index.Init is { } init
            ? Open(init, permit, permit.Window, new RecordFrame(RecordKind.Init, 0, init.PayloadBytes))
            : throw VaultError.Damaged(name, "it has no beginning.");

    /// <summary>One fragment, by its number from 1. Checks permit, term and key anew at each call.</summary>
    public byte[] Read(int fragment, ViewingPermit permit) =>
        fragment >= 1 && fragment <= index.Fragments.Count
            ? Open(index.Fragments[fragment - 1], permit, index.Fragments[fragment - 1].Span, index.Fragments[fragment - 1].Frame)
            : throw VaultError.NoPart(Header.Opening.Part);

    /// <param name="sealedBytes">The length of the file.</param>
    /// <param name="fencedAt">What arrived later does not count; null when all does.</param>
    public Part Describe(long sealedBytes, DateTimeOffset? fencedAt = null) => (fencedAt is { } at ? index.ArrivedBy(at) : index).Describe(Header, sealedBytes);

    /// <summary>Sees what was written since.</summary>
    internal void Refresh() => index = index.State == PartState.Open ? PartIndex.Read(file, Header, cipher, name, index) : index;

    /// <summary>One record, opened for a copy in a sister's vault. Nobody sees it, so no grant is asked; its term is.</summary>
    internal CopyRecord ReadToCopy(int number) =>
        number == 0 && index.Init is { } init ? new CopyRecord(RecordKind.Init, 0, default, Open(init, new RecordFrame(RecordKind.Init, 0, init.PayloadBytes)))
        : number >= 1 && number <= index.Fragments.Count ? new CopyRecord(RecordKind.Fragment, number, index.Fragments[number - 1].Facts, Open(index.Fragments[number - 1], index.Fragments[number - 1].Frame))
        : number == index.Fragments.Count + 1 && index.State != PartState.Open ? new CopyRecord(index.State == PartState.Closed ? RecordKind.Closed : RecordKind.Recovered, number, default, default)
        : throw VaultError.NoPart(Header.Opening.Part);

    public void Dispose()
    {
        cipher.Dispose();
        file.Dispose();
    }

    private byte[] Open(FragmentEntry entry, ViewingPermit permit, TimeRange stretch, RecordFrame frame)
    {
        permit.Check(Header.Opening.Part.Recording, stretch, clock.GetUtcNow());
        return Open(entry, frame);
    }

    private byte[] Open(FragmentEntry entry, RecordFrame frame)
    {
        checkTerm();
        var sealedBytes = entry.PayloadBytes + PartCipher.TagBytes;
        var buffer = ArrayPool<byte>.Shared.Rent(sealedBytes);
        try
        {
            var sealedPayload = buffer.AsSpan(0, sealedBytes);
            var plain = new byte[entry.PayloadBytes];
            var offset = entry.Offset + RecordFrame.SizeInBytes + PartCipher.SealedFactsBytes;
            if (PartFile.Read(file, sealedPayload, offset, name) == sealedBytes && cipher.TryOpenPayload(frame, sealedPayload, plain))
            {
                return plain;
            }

            // Between the check and the read an erasure may have come: then it is gone, not damaged.
            checkTerm();
            throw VaultError.Damaged(name, $"record {entry.Number} does not open.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
