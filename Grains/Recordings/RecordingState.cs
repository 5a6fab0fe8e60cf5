using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Grains.Recordings;

/// <summary>What is stored of a recording, and every decision on it.</summary>
internal sealed record RecordingState
{
    public RecordingPhase Phase { get; init; } = new RecordingPhase.Waiting();

    /// <summary>The parts as last read from the vault: a second witness beside the files themselves.</summary>
    public ImmutableArray<Part> Parts { get; init; } = [];

    /// <summary>Who recorded, by epoch: in these vaults there may be parts, whether or not anything was heard of them.</summary>
    public ImmutableArray<Lease> Leases { get; init; } = [];

    /// <summary>What of earlier epochs does not count.</summary>
    public ImmutableArray<Fence> Fences { get; init; } = [];

    /// <summary>What other vaults have of the parts, as last told: each was entered before anything of the talk was in it.</summary>
    public ImmutableArray<PartCopy> Copies { get; init; } = [];

    /// <summary>The vaults that were away when it was to be erased.</summary>
    public ImmutableArray<AwaitedVault> Awaited { get; init; } = [];

    /// <summary>The vaults in which something of it may be.</summary>
    public IReadOnlyCollection<string> Vaults => [.. Parts.Select(part => part.Vault).Concat(Leases.Select(lease => lease.Vault)).Concat(Copies.Select(copy => copy.Vault)).OfType<string>().Distinct()];

    public Making? Making => Phase switch
    {
        RecordingPhase.Capturing capturing => capturing.Making,
        RecordingPhase.Moving moving => moving.Making,
        RecordingPhase.Silencing silencing => silencing.Making,
        RecordingPhase.Holding holding => holding.Making,
        RecordingPhase.Held held => held.Making,
        RecordingPhase.Stopping stopping => stopping.Making,
        RecordingPhase.Sealed ended => ended.Making,
        RecordingPhase.Closed closed => closed.Making,
        RecordingPhase.Condemned condemned => condemned.Making,
        _ => null,
    };

    public DateTimeOffset? EndedAt => Phase switch
    {
        RecordingPhase.Stopping stopping => stopping.EndedAt,
        RecordingPhase.Sealed ended => ended.EndedAt,
        RecordingPhase.Closed closed => closed.EndedAt,
        RecordingPhase.Condemned condemned => condemned.DecidedAt,
        _ => null,
    };

    /// <summary>The first start is the one that counts: the term runs from it (R8).</summary>
    public RecordingState Begin(RecordingOrder order, RegulationInForce regulation, DateTimeOffset now) =>
        Phase is RecordingPhase.Waiting
            ? this with { Phase = new RecordingPhase.Capturing(new Making(order, now, now + regulation.Terms.Retention, regulation.Version.Value, Sound: regulation.Terms.Sound)) }
            : this;

    /// <summary>It began while the database was away, as the journal says: the term runs from then (R8).</summary>
    public RecordingState Enter(RecordingOrder order, CaptureOrder capture, Lease lease) => Phase is RecordingPhase.Waiting
        ? (this with { Phase = new RecordingPhase.Capturing(new Making(order, capture.StartedAt, capture.ExpiresAt, capture.RegulationVersion, Sound: capture.Sound)) }).KnowLease(lease, null)
        : this;

    /// <summary>The first stop is the one that counts. What an objection has paused ends as it is, closed to viewing.</summary>
    public RecordingState Stop(DateTimeOffset now) => Phase switch
    {
        RecordingPhase.Capturing { Making: var making } => this with { Phase = new RecordingPhase.Stopping(making, now) },
        RecordingPhase.Held { Making: var making } => this with { Phase = new RecordingPhase.Closed(making, now) },
        _ => this,
    };

    /// <summary>An objection: what is recorded pauses, what has ended is closed to viewing (R5).</summary>
    public RecordingState Hold(DateTimeOffset now) => Phase switch
    {
        RecordingPhase.Capturing { Making: var making } => this with { Phase = new RecordingPhase.Holding(making, now) },
        RecordingPhase.Sealed { Making: var making, EndedAt: var ended } => this with { Phase = new RecordingPhase.Closed(making, ended) },
        _ => this,
    };

    /// <summary>No objection is open any more: it goes on while the talk does, and can be looked at again afterwards.</summary>
    public RecordingState Release(DateTimeOffset now) => Phase switch
    {
        RecordingPhase.Held { Making: var making } when now < making.Order.StopAt => this with { Phase = new RecordingPhase.Capturing(making) },
        RecordingPhase.Held { Making: var making } => this with { Phase = new RecordingPhase.Sealed(making, making.Order.StopAt) },
        RecordingPhase.Closed { Making: var making, EndedAt: var ended } => this with { Phase = new RecordingPhase.Sealed(making, ended) },
        _ => this,
    };

    /// <summary>The talk goes to another room. What is paused has no camera to stop.</summary>
    public RecordingState Move(RecordingOrder to) => Phase switch
    {
        RecordingPhase.Capturing { Making: var making } when making.Order.Camera != to.Camera => this with { Phase = new RecordingPhase.Moving(making, to) },
        RecordingPhase.Held { Making: var making, Since: var since } => this with { Phase = new RecordingPhase.Held(making with { Order = to }, since) },
        _ => this,
    };

    /// <summary>The camera of the other room did not begin: it goes on where it was.</summary>
    public RecordingState MoveBack(RecordingOrder to) =>
        Phase is RecordingPhase.Capturing { Making: var making } ? this with { Phase = new RecordingPhase.Capturing(making with { Order = to }) } : this;

    /// <summary>The talk lasts longer, or not as long; the term does not change with it (R8).</summary>
    public RecordingState Extend(DateTimeOffset stopAt) => Phase switch
    {
        RecordingPhase.Capturing { Making: var making } => this with { Phase = new RecordingPhase.Capturing(Until(making, stopAt)) },
        RecordingPhase.Held { Making: var making, Since: var since } => this with { Phase = new RecordingPhase.Held(Until(making, stopAt), since) },
        _ => this,
    };

    /// <summary>What the regulation no longer lets be recorded ends; what it lets be recorded anew does not begin (R6).</summary>
    public RecordingState Follow(RegulationTerms terms, DateTimeOffset now) => Phase switch
    {
        RecordingPhase.Capturing or RecordingPhase.Held when !terms.Recording => Stop(now),
        RecordingPhase.Capturing { Making: { Sound: true } making } when !terms.Sound => this with { Phase = new RecordingPhase.Silencing(making) },
        RecordingPhase.Held { Making: { Sound: true } making, Since: var since } when !terms.Sound =>
            this with { Phase = new RecordingPhase.Held(making with { Sound = false }, since) },
        _ => this,
    };

    /// <summary>An objection was upheld: it is erased now.</summary>
    public RecordingState Condemn(DateTimeOffset now) =>
        Making is { } making && Phase is not RecordingPhase.Condemned ? this with { Phase = new RecordingPhase.Condemned(making, now) } : this;

    /// <summary>Somebody is about to record under this lease.</summary>
    public RecordingState KnowLease(Lease lease, Fence? fence) =>
        (Leases.Contains(lease) ? this : this with { Leases = Leases.Add(lease) }).Shut(fence);

    /// <summary>What lies behind a fence does not count.</summary>
    public RecordingState Shut(Fence? fence) => fence is null || Fences.Contains(fence) ? this : this with { Fences = Fences.Add(fence) };

    /// <summary>A vault has a copy of a part, or more of it. It changes nothing of the recording, so it may come at any time but when all is to go.</summary>
    public RecordingState KnowCopy(PartCopy copy) =>
        Making is null || Phase is RecordingPhase.Condemned || Copies.Contains(copy) ? this
        : this with { Copies = [.. Copies.Where(known => (known.Part, known.Vault) != (copy.Part, copy.Vault)), copy] };

    public RecordingState KnowCopies(IEnumerable<PartCopy> copies) => copies.Aggregate(this, (state, copy) => state.KnowCopy(copy));

    /// <summary>A vault that was away is back. What was still open when it was last heard of, or never heard of, is as it is there now.</summary>
    public RecordingState Return(ImmutableArray<Part> read)
    {
        var ended = Parts.Where(part => part.State != PartState.Open).Select(part => part.Id).ToHashSet();
        ImmutableArray<Part> known = [.. Parts.Where(part => ended.Contains(part.Id)).Concat(read.Where(part => !ended.Contains(part.Id))).OrderBy(part => part.Id)];
        return known.SequenceEqual(Parts) ? this : this with { Parts = known };
    }

    /// <summary>It was to be erased, and these vaults did not answer.</summary>
    public RecordingState Await(ImmutableArray<string> away, DateTimeOffset now) =>
        away.Except(Awaited.Select(vault => vault.Name)).ToList() is { Count: > 0 } more ? this with { Awaited = [.. Awaited, .. more.Select(name => new AwaitedVault(name, now))] } : this;

    /// <summary>The camera has stopped, as was decided; these parts are what there is.</summary>
    public RecordingState CameraStopped(ImmutableArray<Part> parts) => Phase switch
    {
        RecordingPhase.Stopping { Making: var making, EndedAt: var ended } => this with { Phase = new RecordingPhase.Sealed(After(making, parts), ended), Parts = parts },
        RecordingPhase.Holding { Making: var making, Since: var since } => this with { Phase = new RecordingPhase.Held(After(making, parts), since), Parts = parts },
        RecordingPhase.Silencing { Making: var making } => this with { Phase = new RecordingPhase.Capturing(After(making, parts) with { Sound = false }), Parts = parts },
        RecordingPhase.Moving { Making: var making, To: var to } => this with { Phase = new RecordingPhase.Capturing(After(making, parts) with { Order = to }), Parts = parts },
        _ => this,
    };

    /// <summary>The parts of the run that goes on take the place of what was known of it; a sealed recording never changes again.</summary>
    public RecordingState KnowParts(ImmutableArray<Part> told)
    {
        if (Phase is not RecordingPhase.Capturing || told.IsEmpty)
        {
            return this;
        }

        ImmutableArray<Part> known = [.. Parts.Where(part => part.Id.Epoch != told[0].Id.Epoch), .. told];
        return known.SequenceEqual(Parts) ? this : this with { Parts = known };
    }

    public bool IsExpired(DateTimeOffset now) => Making is { } making && now >= making.ExpiresAt;

    public RecordingStage StageAt(DateTimeOffset now) =>
        IsExpired(now) ? RecordingStage.Expired
        : Phase switch
        {
            RecordingPhase.Capturing or RecordingPhase.Moving or RecordingPhase.Silencing or RecordingPhase.Stopping => RecordingStage.Capturing,
            RecordingPhase.Holding or RecordingPhase.Held or RecordingPhase.Closed => RecordingStage.Held,
            RecordingPhase.Sealed => RecordingStage.Sealed,
            RecordingPhase.Condemned => RecordingStage.Erasing,
            _ => RecordingStage.Unknown,
        };

    /// <summary>What a camera needs to know.</summary>
    public CaptureOrder CaptureOrder(RecordingId id, SiteId site)
    {
        var making = Making!;
        return new(id, site, making.Order.Room, making.StartedAt, making.ExpiresAt, making.Order.StopAt, making.RegulationVersion, making.AfterEpoch, making.Sound);
    }

    private static Making Until(Making making, DateTimeOffset stopAt) => making with { Order = making.Order with { StopAt = stopAt } };

    private static Making After(Making making, ImmutableArray<Part> parts) =>
        making with { AfterEpoch = parts.Select(part => part.Id.Epoch).Append(making.AfterEpoch).Max() };
}
