using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Cameras;

/// <summary>Which recording has the camera, under which lease, and how many leases there have been.</summary>
[GenerateSerializer, Alias("camera-state")] // it moves with its grain
internal sealed record CameraState
{
    [Id(0)]
    public int Epoch { get; init; }

    /// <summary>The recording that has the camera; null when no media connection may be open (R2).</summary>
    [Id(1)]
    public CaptureOrder? Order { get; init; }

    /// <summary>The silo that has the lease; null when nobody records, or there is one silo alone.</summary>
    [Id(2)]
    public string? Silo { get; init; }

    /// <summary>What the recording that has the camera, or had it last, must not count.</summary>
    [Id(3)]
    public Fence? Fence { get; init; }

    public bool HasOther(RecordingId recording) => Order is not null && Order.Recording != recording;

    public bool Has(RecordingId recording) => Order?.Recording == recording;

    /// <summary>A new lease: what still runs under an older one is fenced out.</summary>
    /// <param name="order">The recording that gets it.</param>
    /// <param name="silo">The silo that gets it.</param>
    /// <param name="fencedAt">Now, when whoever had it before could not be told to stop.</param>
    /// <remarks>The epoch is part of each part's name, so it passes those that another camera made of the same recording.</remarks>
    public CameraState Lease(CaptureOrder order, string? silo, DateTimeOffset? fencedAt) => this with
    {
        Epoch = Math.Max(Epoch, order.AfterEpoch) + 1,
        Order = order,
        Silo = silo,
        Fence = Has(order.Recording) ? FenceAt(fencedAt) : null,
    };

    /// <summary>A lease that was given while the database was away. A later one stays.</summary>
    public CameraState Enter(CaptureOrder order, Lease lease) =>
        lease.Epoch > Epoch ? this with { Epoch = lease.Epoch, Order = order, Silo = lease.Vault, Fence = null } : this;

    /// <summary>Whoever had the lease records no more; the recording still has the camera.</summary>
    public CameraState Leave() => this with { Silo = null };

    public CameraState Extend(RecordingId recording, DateTimeOffset stopAt) => Has(recording) ? this with { Order = Order! with { StopAt = stopAt } } : this;

    /// <summary>The recording gives the camera back. A repeat finds the same fence.</summary>
    public CameraState End(RecordingId recording, DateTimeOffset? fencedAt) => Has(recording) ? this with { Order = null, Silo = null, Fence = FenceAt(fencedAt) } : this;

    private Fence? FenceAt(DateTimeOffset? at) => at is { } time ? new Fence(Epoch, time) : Fence;
}
