namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>An assessment of a booking's risk, who made it and when.</summary>
/// <param name="Assessment">What was found.</param>
/// <param name="By">The opaque subject of the official, or of the booking system that sent it.</param>
/// <param name="At">When it came in.</param>
[GenerateSerializer, Immutable, Alias("assessment-made")]
public sealed record AssessmentMade(RiskAssessment Assessment, string By, DateTimeOffset At);

/// <summary>A second official stands behind an assessment.</summary>
[GenerateSerializer, Immutable, Alias("confirmation")]
public sealed record Confirmation(string By, DateTimeOffset At);
