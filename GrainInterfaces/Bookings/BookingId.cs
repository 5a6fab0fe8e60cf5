using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>Names one booking by the booking system's own reference, opaque here.</summary>
[GenerateSerializer, Immutable, Alias("booking-id")]
public readonly record struct BookingId(string Value)
{
    /// <exception cref="Errors.RecordingClusterException">InvalidInput: malformed, or it looks like a person (R19).</exception>
    public static BookingId Of(string? text) => new(ReferenceText.Checked("booking reference", text));

    public override string ToString() => Value;
}
