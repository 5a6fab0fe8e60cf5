using Microsoft.Win32.SafeHandles;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Silo.Vault;

/// <summary>One fragment of a part, by what is known without opening it.</summary>
internal sealed record FragmentEntry(int Number, FragmentFacts Facts, int PayloadBytes, long Offset)
{
    public TimeRange Span => new(Facts.From, Facts.From + Facts.Duration);

    internal RecordFrame Frame => new(RecordKind.Fragment, (uint)Number, PayloadBytes);
}

/// <summary>What a part's file holds, rebuilt from the file alone (V4): frames and facts are read, payloads skipped.</summary>
/// <param name="Init">Where the beginning is; null when the part has none yet.</param>
/// <param name="Fragments">In order; numbers run from 1 without a hole.</param>
/// <param name="State">By its closing record; open when it has none.</param>
/// <param name="EndOfRecords">Where the last sound record ends. What follows in an open part is a torn tail.</param>
internal sealed record PartIndex(FragmentEntry? Init, IReadOnlyList<FragmentEntry> Fragments, PartState State, long EndOfRecords)
{
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">DataLoss: records are missing, in another order, or follow the closing record.</exception>
    /// <param name="file">The part's.</param>
    /// <param name="header">Its header.</param>
    /// <param name="cipher">Of this part.</param>
    /// <param name="name">Of the file.</param>
    /// <param name="known">What was read of it before: only what came after it is read.</param>
    public static PartIndex Read(SafeFileHandle file, PartHeader header, PartCipher cipher, string name, PartIndex? known = null)
    {
        var length = RandomAccess.GetLength(file);
        var at = known?.EndOfRecords ?? header.SizeInBytes;
        var init = known?.Init;
        List<FragmentEntry> fragments = [.. known?.Fragments ?? []];
        var state = PartState.Open;
        Span<byte> head = stackalloc byte[RecordFrame.SizeInBytes + PartCipher.SealedFactsBytes];
        Span<byte> facts = stackalloc byte[FragmentFacts.SizeInBytes];
        Span<byte> tag = stackalloc byte[PartCipher.TagBytes];
        while (state == PartState.Open
            && PartFile.Read(file, head, at, name) == head.Length
            && RecordFrame.TryRead(head, out var frame)
            && frame.RecordBytes <= length - at
            && cipher.TryOpenFacts(frame, head[RecordFrame.SizeInBytes..], facts))
        {
            var expected = init is null ? 0 : fragments.Count + 1;
            var isEnd = frame.Kind is RecordKind.Closed or RecordKind.Recovered;
            if (frame.Sequence != expected || (!isEnd && (frame.Kind == RecordKind.Init) != init is null))
            {
                throw VaultError.Damaged(name, $"record {frame.Sequence} ({frame.Kind}) stands where record {expected} should.");
            }

            // A closing record has no payload to be read later, so its seal is checked here.
            if (isEnd && !(frame.PayloadBytes == 0 && PartFile.Read(file, tag, at + head.Length, name) == tag.Length && cipher.TryOpenPayload(frame, tag, [])))
            {
                break;
            }

            var entry = new FragmentEntry((int)frame.Sequence, frame.Kind == RecordKind.Fragment ? FragmentFacts.Read(facts) : default, frame.PayloadBytes, at);
            at += frame.RecordBytes;
            switch (frame.Kind)
            {
                case RecordKind.Init:
                    init = entry;
                    break;
                case RecordKind.Fragment:
                    fragments.Add(entry);
                    break;
                default:
                    state = frame.Kind == RecordKind.Closed ? PartState.Closed : PartState.Recovered;
                    break;
            }
        }

        return state != PartState.Open && at != length
            ? throw VaultError.Damaged(name, "bytes follow its closing record.")
            : new PartIndex(init, fragments, state, at);
    }

    /// <summary>Whether a file ends with a closing record, as it does unless a crash left it open; the records before are not looked at.</summary>
    public static bool EndsClosed(SafeFileHandle file, PartHeader header, PartCipher cipher, string name)
    {
        Span<byte> record = stackalloc byte[new RecordFrame(RecordKind.Closed, 0, 0).RecordBytes];
        Span<byte> facts = stackalloc byte[FragmentFacts.SizeInBytes];
        var at = RandomAccess.GetLength(file) - record.Length;
        return at >= header.SizeInBytes
            && PartFile.Read(file, record, at, name) == record.Length
            && RecordFrame.TryRead(record, out var frame)
            && frame is { Kind: RecordKind.Closed or RecordKind.Recovered, PayloadBytes: 0 }
            && cipher.TryOpenFacts(frame, record[RecordFrame.SizeInBytes..^PartCipher.TagBytes], facts)
            && cipher.TryOpenPayload(frame, record[^PartCipher.TagBytes..], []);
    }

    /// <summary>What had arrived by then.</summary>
    /// <remarks>
    /// The first fragment is put on the wall clock by its arrival, and each tells when it arrived by a counter that nobody can
    /// set. Where that stood still, since the whole machine did, its place on the wall clock tells, which is off by
    /// <see cref="FragmentFacts.MostDrift"/> at most: pictures that were taken before are this part's, however late they came.
    /// </remarks>
    public PartIndex ArrivedBy(DateTimeOffset at)
    {
        if (Fragments.Count == 0)
        {
            return this;
        }

        var first = Fragments[0];
        var began = first.Span.Until.AddTicks(-first.Facts.MonotonicNanoseconds / 100);
        return this with { Fragments = [.. Fragments.TakeWhile(fragment => began.AddTicks(fragment.Facts.MonotonicNanoseconds / 100) <= at && fragment.Span.Until - FragmentFacts.MostDrift <= at)] };
    }

    public Part Describe(PartHeader header, long sealedBytes)
    {
        var began = Fragments.Count > 0 ? Fragments[0].Facts.From : header.Opening.PartStartedAt;
        return new Part(
            header.Opening.Part,
            new TimeRange(began, Fragments.Count > 0 ? Fragments[^1].Span.Until : began),
            Fragments.Count,
            Fragments.Sum(fragment => (long)fragment.Facts.VideoFrames),
            new TimeSpan(Fragments.Sum(fragment => fragment.Facts.Sound.Ticks)),
            sealedBytes,
            State,
            header.Opening.Room,
            header.Opening.Camera,
            header.Opening.CopyOf,
            header.Opening.Tracks);
    }
}
