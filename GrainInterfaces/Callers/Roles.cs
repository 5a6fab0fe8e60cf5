namespace RecordingCluster.GrainInterfaces.Callers;

/// <summary>What somebody may be here. A set, since an official may also sit at reception.</summary>
/// <remarks>Camera administrator, secretary, deputy, data protection officer and operator exclude each other (R15).</remarks>
[Flags]
public enum Roles
{
    None = 0,

    /// <summary>The room-booking system, through Client.</summary>
    BookingSystem = 1,

    /// <summary>Holds the talk.</summary>
    Official = 2,

    /// <summary>Gives rooms and checks the sticker.</summary>
    Reception = 4,

    /// <summary>May ask to look back, and look when it is approved.</summary>
    CameraAdministrator = 8,

    /// <summary>Decides who looks back.</summary>
    Secretary = 16,

    /// <summary>Reads the trail, never a picture.</summary>
    DataProtectionOfficer = 32,

    /// <summary>Keeps the cluster healthy, never sees a picture.</summary>
    Operator = 64,

    /// <summary>The cluster itself: one grain calling another, a reminder, the recorder.</summary>
    Silo = 128,

    /// <summary>Decides in the secretary's place, on the days for which the secretary appointed them and on no other (R12).</summary>
    Deputy = 256,
}
