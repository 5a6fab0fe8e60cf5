using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Cameras;

/// <summary>Which recording has the camera, and how many leases there have been.</summary>
internal sealed record CameraState
{
    public int Epoch { get; init; }

    /// <summary>The recording that has the camera; null when no media connection may be open (R2).</summary>
    public CaptureOrder? Order { get; init; }

    public bool HasOther(RecordingId recording) => Order is not null && Order.Recording != recording;

    public bool Has(RecordingId recording) => Order?.Recording == recording;

    /// <summary>A first lease for a recording; a repeat keeps the lease there is.</summary>
    public CameraState Begin(CaptureOrder order) => Has(order.Recording) ? this : Resume(order);

    /// <summary>A new lease for a recording that was under way: what still runs under the old one is fenced out.</summary>
    /// <remarks>The epoch is part of each part's name, so it passes those that another camera made of the same recording.</remarks>
    public CameraState Resume(CaptureOrder order) => this with { Epoch = Math.Max(Epoch, order.AfterEpoch) + 1, Order = order };

    public CameraState Extend(RecordingId recording, DateTimeOffset stopAt) => Has(recording) ? this with { Order = Order! with { StopAt = stopAt } } : this;

    public CameraState End(RecordingId recording) => Has(recording) ? this with { Order = null } : this;
}
