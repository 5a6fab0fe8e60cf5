using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Silo.Capture;

/// <summary>Tells the camera's and the recording's grain.</summary>
internal sealed class GrainListener(IGrainFactory grains, SiloCalls silo, ISiloVault vault) : ICaptureListener
{
    public async Task<bool> Tell(CaptureLease lease, CaptureHealth health, ImmutableArray<Part> parts)
    {
        using var _ = silo.Begin();
        if (!await grains.Camera(lease.Camera).Tell(lease.Epoch, health))
        {
            return false;
        }

        await KnowParts(lease, parts);
        return true;
    }

    public async Task Leave(CaptureLease lease, ImmutableArray<Part> parts)
    {
        using var _ = silo.Begin();
        if (await grains.Camera(lease.Camera).Leave(lease.Epoch))
        {
            await KnowParts(lease, parts);
        }
    }

    private Task KnowParts(CaptureLease lease, ImmutableArray<Part> parts) =>
        grains.Recording(lease.Order.Recording).KnowParts([.. parts.Select(part => part with { Vault = vault.Name })]);
}
