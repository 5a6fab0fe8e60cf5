using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>From the text form of an id to the id, in its one spelling.</summary>
internal static class Ids
{
    private const int Digits = 32;

    public static RecordingId Recording(string? text) => new(Read("recording", "rec_", text));

    public static AccessRequestId AccessRequest(string? text) => new(Read("access request", "req_", text));

    public static AppointmentId Appointment(string? text) => new(Read("appointment", "app_", text));

    public static AmendmentId Amendment(string? text) => new(Read("amendment", "amd_", text));

    private static Guid Read(string field, string prefix, string? text) =>
        text is not null && text.Length == prefix.Length + Digits && text.StartsWith(prefix, StringComparison.Ordinal)
        && text.Skip(prefix.Length).All(char.IsAsciiHexDigitLower)
            ? Guid.ParseExact(text.AsSpan(prefix.Length), "N")
            : throw RecordingClusterException.Invalid(
                field, $"must be {prefix} and {Digits} hexadecimal digits in lower case.", $"An example that is right: {prefix}019ab2c4d5e67f8091a2b3c4d5e6f708.");
}
