namespace RecordingCluster.GrainInterfaces.Deputies;

/// <summary>Names one appointment of a deputy.</summary>
[GenerateSerializer, Immutable, Alias("appointment-id")]
public readonly record struct AppointmentId(Guid Value)
{
    public static AppointmentId New() => new(Guid.CreateVersion7());

    public override string ToString() => $"app_{Value:N}";
}
