using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Audit;

/// <summary>Where a call comes from, as the trail says it.</summary>
/// <remarks>
/// By who signed the token, which is verified: the address that a message says it comes from is the sender's to choose. A
/// service signs for itself alone, and for people a portal signs.
/// </remarks>
internal static class Origin
{
    public static string Of(Caller? caller) =>
        caller is null ? "unknown"
        : caller.Has(Roles.Silo) ? "silo"
        : caller.Has(Roles.BookingSystem) ? "client"
        : "portal";
}
