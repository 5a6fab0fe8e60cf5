using System.Buffers.Binary;

namespace RecordingCluster.Silo.Capture.Boxes;

/// <summary>One box of ISO base media (ISO/IEC 14496-12): a type, and a body that may hold boxes again.</summary>
/// <param name="Type">Four letters.</param>
/// <param name="Body">Where the body is, in the bytes that were walked.</param>
internal readonly record struct Box(BoxType Type, Range Body)
{
    // Size and type.
    private const int HeaderBytes = 8;

    /// <summary>The boxes that stand side by side in <paramref name="bytes"/>.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">InvalidInput: a box says a size that it cannot have.</exception>
    public static List<Box> Read(ReadOnlySpan<byte> bytes)
    {
        var boxes = new List<Box>();
        for (var at = 0; at < bytes.Length;)
        {
            var rest = bytes.Length - at;
            var size = rest < HeaderBytes ? 0 : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (size < HeaderBytes || size > rest)
            {
                // QuickTime ends some lists with four zero bytes.
                if (rest == 4 && bytes[at..].IndexOfAnyExcept((byte)0) < 0)
                {
                    break;
                }

                throw MediaError.Malformed($"a box of {size} bytes where {rest} are left");
            }

            boxes.Add(new Box(BoxType.Read(bytes[(at + 4)..]), (at + HeaderBytes)..(at + (int)size)));
            at += (int)size;
        }

        return boxes;
    }

    /// <summary>The body of the first box of a type; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> bytes, BoxType type)
    {
        foreach (var box in Read(bytes))
        {
            if (box.Type == type)
            {
                return bytes[box.Body];
            }
        }

        return default;
    }
}

/// <summary>The four letters of a box.</summary>
internal readonly record struct BoxType(uint Code)
{
    public static readonly BoxType Ftyp = Of("ftyp"u8), Moov = Of("moov"u8), Moof = Of("moof"u8), Mdat = Of("mdat"u8);
    public static readonly BoxType Trak = Of("trak"u8), Tkhd = Of("tkhd"u8), Mdia = Of("mdia"u8), Mdhd = Of("mdhd"u8), Hdlr = Of("hdlr"u8);
    public static readonly BoxType Minf = Of("minf"u8), Stbl = Of("stbl"u8), Stsd = Of("stsd"u8), Mvex = Of("mvex"u8), Trex = Of("trex"u8);
    public static readonly BoxType Traf = Of("traf"u8), Tfhd = Of("tfhd"u8), Tfdt = Of("tfdt"u8), Trun = Of("trun"u8);

    public static BoxType Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32BigEndian(bytes));

    public static BoxType Of(ReadOnlySpan<byte> letters) => Read(letters);

    public override string ToString()
    {
        Span<byte> letters = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(letters, Code);
        return string.Concat(letters.ToArray().Select(letter => char.IsAsciiLetterOrDigit((char)letter) ? (char)letter : '?'));
    }
}
