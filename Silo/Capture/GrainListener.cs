using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Silo.Hosting;

namespace RecordingCluster.Silo.Capture;

/// <summary>Tells the camera's and the recording's grain.</summary>
internal sealed class GrainListener(IGrainFactory grains, SiloCalls silo, ISiloVault vault, ISiloPlaces places, VaultSpaceWatch? spaces = null) : ICaptureListener
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

    public async Task<bool> VaultRefuses(CameraId camera)
    {
        if (spaces is null)
        {
            return false; // one silo alone
        }

        await spaces.Refused();
        return places.HasSpaceFor(camera);
    }

    public async Task Leave(CaptureLease lease, ImmutableArray<Part> parts)
    {
        using var _ = silo.Begin();
        if (await grains.Camera(lease.Camera).Leave(lease.Epoch))
        {
            await KnowParts(lease, parts);
        }
    }

    public async Task MoveOn(CaptureLease lease, ImmutableArray<Part> parts)
    {
        await Leave(lease, parts);
        using var _ = silo.Begin();
        await grains.Room(lease.Order.Room).Resume();
    }

    private Task KnowParts(CaptureLease lease, ImmutableArray<Part> parts) =>
        grains.Recording(lease.Order.Recording).KnowParts([.. parts.Select(part => part with { Vault = vault.Name })]);
}
