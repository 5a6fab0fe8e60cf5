using System.Buffers.Binary;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Vault;

/// <summary>One record of a part as it goes to a sister's vault: opened here, in memory and over mutual TLS alone, and sealed again there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its place in the part: 0 the beginning, then the fragments, then the end.</param>
/// <param name="Facts">Of a fragment, as the part has them: what a fence hides of the part it hides of the copy.</param>
/// <param name="Payload">Picture and sound; nothing in an end.</param>
internal sealed record CopyRecord(RecordKind Kind, int Number, FragmentFacts Facts, ReadOnlyMemory<byte> Payload)
{
    private const int HeadBytes = 1 + sizeof(int) + FragmentFacts.SizeInBytes;

    public const int MostBytes = HeadBytes + RecordFrame.MostPayloadBytes;

    public byte[] ToBytes()
    {
        var bytes = new byte[HeadBytes + Payload.Length];
        bytes[0] = (byte)Kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), Number);
        Facts.Write(bytes.AsSpan(1 + sizeof(int)));
        Payload.Span.CopyTo(bytes.AsSpan(HeadBytes));
        return bytes;
    }

    /// <exception cref="RecordingClusterException">InvalidInput: it is no record.</exception>
    public static CopyRecord Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length is < HeadBytes or > MostBytes || !Enum.IsDefined((RecordKind)span[0]) || BinaryPrimitives.ReadInt32BigEndian(span[1..]) is not (>= 0 and var number))
        {
            throw Malformed();
        }

        try
        {
            return new CopyRecord((RecordKind)span[0], number, FragmentFacts.Read(span[(1 + sizeof(int))..]), bytes[HeadBytes..]);
        }
        catch (ArgumentException)
        {
            throw Malformed(); // a time that is none
        }
    }

    private static RecordingClusterException Malformed() => new(ErrorKind.InvalidInput, "This is no record of a part. Look at the log of the silo that sent it.");
}
