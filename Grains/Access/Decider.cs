using RecordingCluster.GrainInterfaces.Deputies;

namespace RecordingCluster.Grains.Access;

/// <summary>Who calls to decide, and by what right today (R12).</summary>
internal abstract record Decider
{
    private Decider()
    {
    }

    public abstract string Subject { get; init; }

    /// <summary>By the role itself, each day.</summary>
    public sealed record ByRole(string Subject) : Decider;

    /// <summary>Decides in the secretary's place, today.</summary>
    public sealed record Deputy(string Subject, SignedAppointment Appointment) : Decider;

    /// <summary>Decides on nothing today.</summary>
    public sealed record NotToday(string Subject) : Decider;
}
