using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>What of a part may be seen.</summary>
/// <param name="Began">When its first fragment was recorded, seen or not: its own time line begins there.</param>
/// <param name="Fragments">What may be seen, in order.</param>
/// <param name="Lacking">The stretch at its end that a copy does not have; null when all of the part is there.</param>
/// <param name="Damaged">The stretch at its end that is there and no longer opens; null when the file is what was written.</param>
[GenerateSerializer, Immutable, Alias("part-look")]
public sealed record PartLook(DateTimeOffset Began, ImmutableArray<StoredFragment> Fragments, TimeRange? Lacking = null, TimeRange? Damaged = null);

/// <summary>One fragment by its place in time.</summary>
/// <param name="Number">In its part, from 1.</param>
/// <param name="From">When its first picture was taken.</param>
/// <param name="Length">Of its picture.</param>
[GenerateSerializer, Immutable, Alias("stored-fragment")]
public sealed record StoredFragment(int Number, DateTimeOffset From, TimeSpan Length)
{
    public TimeRange Span => new(From, From + Length);
}

/// <summary>Lets a sister silo fetch one fragment, once. Never logged: whoever shows it, and a silo's certificate, gets the bytes.</summary>
[GenerateSerializer, Immutable, Alias("part-ticket")]
public sealed record PartTicket(ImmutableArray<byte> Secret)
{
    public override string ToString() => "a ticket";
}
