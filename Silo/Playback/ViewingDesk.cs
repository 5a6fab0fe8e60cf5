using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Access;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Playback;

/// <summary>Shows what a signed grant opens, and nothing that has no signature: parts of this silo's vault, and of those of its sisters.</summary>
internal sealed class ViewingDesk(ViewingSource source, IGrantWitness witness, IGrainFactory grains, SisterVaults? sisters = null)
{
    /// <summary>What of its recording a request shows to a person; null when it has no grant.</summary>
    /// <exception cref="RecordingClusterException">Denied: nobody who may decide signed the grant.</exception>
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
            .Select(part => Look(part, recording.Copies, permit, use)));
        return new Shown(
            permit,
            use,
            [.. looks.Where(one => one.Look is { Fragments.IsEmpty: false }).Select(one => new VisiblePart(one.Part, one.Vaults, one.Look!.Began, one.Look.Fragments))],
            [
                .. looks.Where(one => one.Look is null).Select(one => one.Part),
                .. looks.Where(one => one.Look?.Lacking?.Overlaps(permit.Window) == true).Select(one => one.Part with { Span = one.Look!.Lacking!.Value }),
            ]);
    }

    /// <summary>One fragment opened, with its part's beginning.</summary>
    public async Task<(byte[] Init, byte[] Fragment)> Open(Shown shown, VisiblePart part, int fragment, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            var vault = part.Vaults[i];
            try
            {
                return source.Is(vault) ? source.Read(part.Id, fragment, shown.Permit)
                    : await (sisters ?? throw SisterVaults.Away(vault!)).Read(vault!, part.Id, fragment, shown.Use, cancellation);
            }
            catch (Exception fault) when (i + 1 < part.Vaults.Length && IsOfTheVault(fault))
            {
                // The next one has it too.
            }
        }
    }

    // In its own vault, or where that is away or has lost it, in that of a copy. Null when one that may have it is away.
    private async Task<(Part Part, ImmutableArray<string?> Vaults, PartLook? Look)> Look(Part part, ImmutableArray<PartCopy> copies, ViewingPermit permit, GrantUse use)
    {
        ImmutableArray<string?> vaults = [part.Vault, .. copies.Where(copy => copy.Part == part.Id && copy.Vault != part.Vault).Select(copy => copy.Vault)];
        Exception? lost = null;
        var isAway = false;
        foreach (var vault in vaults)
        {
            try
            {
                if (await Look(vault, part, permit, use) is { } look)
                {
                    return (part, vaults[vaults.IndexOf(vault)..], look);
                }

                isAway = true;
            }
            catch (Exception fault) when (IsOfTheVault(fault))
            {
                lost ??= fault;
            }
        }

        return isAway ? (part, vaults, null) : throw lost!;
    }

    private async Task<PartLook?> Look(string? vault, Part part, ViewingPermit permit, GrantUse use) =>
        source.Is(vault) ? source.Look(part, permit.Window) : sisters is null ? null : await sisters.Look(vault!, part, use);

    // What another vault may have all the same. A refusal is none of these: it would be the same everywhere.
    private static bool IsOfTheVault(Exception fault) => fault is RecordingClusterException { Kind: ErrorKind.NotFound or ErrorKind.DataLoss or ErrorKind.Unavailable } or IOException or UnauthorizedAccessException;
}

/// <summary>What a viewing shows, and by what right.</summary>
/// <param name="Permit">Opens fragments here.</param>
/// <param name="Use">Lets sister silos make a permit of their own.</param>
/// <param name="Parts">What may be seen, in order.</param>
/// <param name="Away">Parts in the window, or stretches of them, that are on servers that cannot be reached now. They are not lost.</param>
internal sealed record Shown(ViewingPermit Permit, GrantUse Use, ImmutableArray<VisiblePart> Parts, ImmutableArray<Part> Away);

/// <summary>What of one part a viewing shows.</summary>
/// <param name="Part">The part.</param>
/// <param name="Vaults">Those that have it: first the one that told of it, then copies.</param>
/// <param name="Began">When its first fragment was recorded, seen or not: its own time line begins there.</param>
/// <param name="Fragments">What may be seen.</param>
internal sealed record VisiblePart(Part Part, ImmutableArray<string?> Vaults, DateTimeOffset Began, ImmutableArray<StoredFragment> Fragments)
{
    public PartId Id => Part.Id;
}
