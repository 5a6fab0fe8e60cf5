using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.GrainInterfaces.Away;

/// <summary>A deed on a talk while the database was away, as it stands in a silo's journal until it is entered.</summary>
/// <param name="Id">Tells a repeat from another deed.</param>
/// <param name="At">When it was done.</param>
/// <param name="Booking">The talk.</param>
/// <param name="Note">What goes into the trail, late.</param>
/// <param name="Deed">What goes into the state of the talk.</param>
[GenerateSerializer, Immutable, Alias("journal-entry")]
public sealed record JournalEntry(JournalEntryId Id, DateTimeOffset At, BookingId Booking, AuditNote Note, AwayDeed Deed);

/// <summary>Names one entry of a journal.</summary>
[GenerateSerializer, Immutable, Alias("journal-entry-id")]
public readonly record struct JournalEntryId(Guid Value)
{
    public static JournalEntryId New() => new(Guid.CreateVersion7());

    public override string ToString() => $"jrn_{Value:N}";
}

/// <summary>What was done with a talk while the database was away.</summary>
[GenerateSerializer, Immutable, Alias("away-deed")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(GaveUp), "gave-up")]
[JsonDerivedType(typeof(StartedUnrecorded), "started-unrecorded")]
[JsonDerivedType(typeof(Stopped), "stopped")]
public abstract record AwayDeed
{
    private AwayDeed()
    {
    }

    /// <summary>Nothing that changes it: a refusal, or the end of a deed that was entered before.</summary>
    [GenerateSerializer, Immutable, Alias("away-deed.none")]
    public sealed record None : AwayDeed;

    /// <summary>It was about to be recorded. Kept before the camera runs, so that the lease outlives the silo that gave it.</summary>
    /// <param name="Order">What was asked for.</param>
    /// <param name="Capture">What the camera was told.</param>
    /// <param name="Lease">Under which lease.</param>
    /// <param name="Spoken">The spoken notice, by the interviewer.</param>
    [GenerateSerializer, Immutable, Alias("away-deed.started")]
    public sealed record Started(RecordingOrder Order, CaptureOrder Capture, Lease Lease, SpokenNotice Spoken) : AwayDeed;

    /// <summary>The camera did not begin after all: that start is as if it had not been.</summary>
    [GenerateSerializer, Immutable, Alias("away-deed.gave-up")]
    public sealed record GaveUp(RecordingId Recording) : AwayDeed;

    /// <summary>It was held, with recording off.</summary>
    [GenerateSerializer, Immutable, Alias("away-deed.started-unrecorded")]
    public sealed record StartedUnrecorded(WhyUnrecorded Why, string By) : AwayDeed;

    /// <summary>It was ended.</summary>
    [GenerateSerializer, Immutable, Alias("away-deed.stopped")]
    public sealed record Stopped : AwayDeed;
}
