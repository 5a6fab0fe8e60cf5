namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>Names one unbroken run of a camera within a recording.</summary>
/// <param name="Recording">The recording it belongs to.</param>
/// <param name="Epoch">The camera lease under which it was made; a later epoch fences an earlier one out, also when another camera takes over.</param>
/// <param name="Number">Counts the runs under that lease, from 1.</param>
[GenerateSerializer, Immutable, Alias("part-id")]
public readonly record struct PartId(RecordingId Recording, int Epoch, int Number) : IComparable<PartId>
{
    /// <summary>In the order in which they were made.</summary>
    public int CompareTo(PartId other) => (Epoch, Number).CompareTo((other.Epoch, other.Number));

    public static bool operator <(PartId left, PartId right) => left.CompareTo(right) < 0;

    public static bool operator >(PartId left, PartId right) => left.CompareTo(right) > 0;

    public static bool operator <=(PartId left, PartId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PartId left, PartId right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Recording}-{Epoch:D4}-{Number:D4}";
}
