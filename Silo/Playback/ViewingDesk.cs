using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Access;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Playback;

/// <summary>Shows what a signed grant opens, and nothing that has no signature: parts of this silo's vault, and of those of its sisters.</summary>
internal sealed class ViewingDesk(ViewingSource source, IGrantWitness witness, IGrainFactory grains, SisterVaults? sisters = null)
{
    /// <summary>What of its recording a request shows to a person; null when it has no grant.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">Denied: nobody who may decide signed the grant.</exception>
    public async Task<Shown?> Show(AccessRequestView asked, string person)
    {
        if (asked.Decision is not Decision.Approved { SignedGrant: var signed })
        {
            return null;
        }

        var use = new GrantUse(signed, asked.Id, person);
        var permit = await ViewingPermit.Of(use, witness);
        var recording = await grains.Recording(permit.Recording).Read();
        var looks = await Task.WhenAll(recording.Parts
            .Where(part => part.Span.Overlaps(permit.Window) || part.State == PartState.Damaged)
            .Select(async part => (Part: part, Look: await Look(part, permit, use))));
        return new Shown(
            permit,
            use,
            [.. looks.Where(one => one.Look is { Fragments.IsEmpty: false }).Select(one => new VisiblePart(one.Part, one.Look!.Began, one.Look.Fragments))],
            [.. looks.Where(one => one.Look is null).Select(one => one.Part)]);
    }

    /// <summary>One fragment opened, with its part's beginning.</summary>
    public async Task<(byte[] Init, byte[] Fragment)> Open(Shown shown, VisiblePart part, int fragment, CancellationToken cancellation) =>
        source.Has(part.Part) ? source.Read(part.Id, fragment, shown.Permit)
        : await (sisters ?? throw SisterVaults.Away(part.Part.Vault!)).Read(part.Part.Vault!, part.Id, fragment, shown.Use, cancellation);

    private async Task<PartLook?> Look(Part part, ViewingPermit permit, GrantUse use) =>
        source.Has(part) ? source.Look(part, permit.Window) : sisters is null ? null : await sisters.Look(part, use);
}

/// <summary>What a viewing shows, and by what right.</summary>
/// <param name="Permit">Opens fragments here.</param>
/// <param name="Use">Lets sister silos make a permit of their own.</param>
/// <param name="Parts">What may be seen, in order.</param>
/// <param name="Away">Parts in the window whose server cannot be reached now. They are not lost.</param>
internal sealed record Shown(ViewingPermit Permit, GrantUse Use, ImmutableArray<VisiblePart> Parts, ImmutableArray<Part> Away);

/// <summary>What of one part a viewing shows.</summary>
/// <param name="Part">The part.</param>
/// <param name="Began">When its first fragment was recorded, seen or not: its own time line begins there.</param>
/// <param name="Fragments">What may be seen.</param>
internal sealed record VisiblePart(Part Part, DateTimeOffset Began, ImmutableArray<StoredFragment> Fragments)
{
    public PartId Id => Part.Id;
}
