using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Audit;

/// <summary>What is looked for in the trail. What is null is not asked, and all that is asked must hold.</summary>
/// <param name="Deed">How the deed begins: <c>booking</c>, or <c>booking/start</c>.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Actor">The role of who did it; <see cref="Roles.None"/> for whoever was not known.</param>
/// <param name="Subject">How the object begins: <c>recording</c>, or one recording.</param>
/// <param name="Written">When.</param>
/// <param name="WithOpenings">Whether the beginning of a deed is shown too; without, each deed stands there once, by its end.</param>
public sealed record TrailSearch(string? Deed = null, AuditResult? Result = null, Roles? Actor = null, string? Subject = null, TimeRange? Written = null, bool WithOpenings = false);
