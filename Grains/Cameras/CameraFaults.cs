using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Grains.Cameras;

/// <summary>What can be done about a camera's fault.</summary>
public static class CameraFaults
{
    /// <summary>Whether it is the vault that takes nothing: on a silo with another one the same camera may record.</summary>
    public static bool IsOfVault(this CameraFault fault) => fault is CameraFault.VaultFull or CameraFault.VaultFailed;
}
