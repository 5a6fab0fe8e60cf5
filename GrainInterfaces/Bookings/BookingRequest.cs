using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>Asks for a room for a talk.</summary>
/// <param name="Time">When the talk is planned.</param>
/// <param name="Assessment">Its risk, which decides the kind of room (R1).</param>
[GenerateSerializer, Immutable, Alias("booking-request")]
public sealed record BookingRequest(TimeRange Time, RiskAssessment Assessment)
{
    // A working day; a longer talk is a mistake in a date.
    private static readonly TimeSpan LongestTalk = TimeSpan.FromHours(8);

    /// <summary>Refuses a request that cannot be a talk.</summary>
    public void Check(DateTimeOffset now)
    {
        if (Time.Length <= TimeSpan.Zero || Time.Length > LongestTalk)
        {
            throw RecordingClusterException.Invalid(
                "time", $"a talk ends after it begins and lasts at most {LongestTalk.TotalHours} hours.", "Give from and until in that order.");
        }

        if (Time.Until <= now)
        {
            throw RecordingClusterException.Invalid("time.until", "the talk would already be over.", "Book a time that is still to come.");
        }

        if (Assessment is null)
        {
            throw RecordingClusterException.Invalid("assessment", "is missing.", "Assess the risk: it decides the room (R1).");
        }

        Assessment.Check();
    }
}
