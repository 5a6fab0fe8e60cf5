using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
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
        if (looks.All(one => one.Lost is not null) && looks is [{ Lost: { } lost }, ..])
        {
            ExceptionDispatchInfo.Throw(lost); // none of it is there
        }

        return new Shown(
            permit,
            use,
            [.. looks.Where(one => one.Look is { Fragments.IsEmpty: false }).Select(one => new VisiblePart(one.Part, one.Vaults, one.Look!.Began, one.Look.Fragments))],
            [
                .. looks.Where(one => one.Look is null && one.Lost is null).Select(one => one.Part),
                .. looks.Where(one => one.Look?.Lacking?.Overlaps(permit.Window) == true).Select(one => one.Part with { Span = one.Look!.Lacking!.Value }),
            ],
            [.. looks.Select(one => one.Lost is null ? one.Look?.Damaged : one.Part.Span).OfType<TimeRange>().Select(Known).Where(stretch => stretch.Overlaps(permit.Window))]);

        // Of a file that was damaged before anybody asked what it holds, nobody knows when it was recorded.
        TimeRange Known(TimeRange stretch) => stretch.Length > TimeSpan.Zero ? stretch : permit.Window;
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

    // In its own vault, or where that is away or has not all of it any more, in that of a copy; else what is left in one of them.
    private async Task<LookedFor> Look(Part part, ImmutableArray<PartCopy> copies, ViewingPermit permit, GrantUse use)
    {
        ImmutableArray<string?> vaults = [part.Vault, .. copies.Where(copy => copy.Part == part.Id && copy.Vault != part.Vault).Select(copy => copy.Vault)];
        LookedFor? left = null;
        Exception? lost = null;
        var isAway = false;
        foreach (var vault in vaults)
        {
            try
            {
                if (await Look(vault, part, permit, use) is not { } look)
                {
                    isAway = true;
                    continue;
                }

                var found = new LookedFor(part, vaults[vaults.IndexOf(vault)..], look);
                if (look.Damaged is null)
                {
                    return found;
                }

                left = left?.Look!.Fragments.Length >= look.Fragments.Length ? left : found;
            }
            catch (Exception fault) when (IsOfTheVault(fault))
            {
                lost ??= fault;
            }
        }

        return isAway ? left is null ? new LookedFor(part, vaults, null) : left with { Look = left.Look! with { Lacking = left.Look.Damaged, Damaged = null } } // who is away may have the rest
            : left ?? new LookedFor(part, vaults, null, lost);
    }

    private async Task<PartLook?> Look(string? vault, Part part, ViewingPermit permit, GrantUse use) =>
        source.Is(vault) ? source.Look(part, permit.Window) : sisters is null ? null : await sisters.Look(vault!, part, use);

    // What another vault may have all the same. A refusal is none of these: it would be the same everywhere.
    private static bool IsOfTheVault(Exception fault) => fault is RecordingClusterException { Kind: ErrorKind.NotFound or ErrorKind.DataLoss or ErrorKind.Unavailable } or IOException or UnauthorizedAccessException;

    /// <summary>What was found of a part.</summary>
    /// <param name="Part">The part.</param>
    /// <param name="Vaults">First the one that has it, then those that may have what that one has not.</param>
    /// <param name="Look">Null when it is away or lost.</param>
    /// <param name="Lost">Why nothing of it is where it should be; null when it is there, or away.</param>
    private sealed record LookedFor(Part Part, ImmutableArray<string?> Vaults, PartLook? Look, Exception? Lost = null);
}

/// <summary>What a viewing shows, and by what right.</summary>
/// <param name="Permit">Opens fragments here.</param>
/// <param name="Use">Lets sister silos make a permit of their own.</param>
/// <param name="Parts">What may be seen, in order.</param>
/// <param name="Away">Parts in the window, or stretches of them, that are on servers that cannot be reached now. They are not lost.</param>
/// <param name="Damaged">Stretches in the window that were recorded and no longer open. A fragment whose damage is in its picture or sound shows only when it is opened.</param>
internal sealed record Shown(ViewingPermit Permit, GrantUse Use, ImmutableArray<VisiblePart> Parts, ImmutableArray<Part> Away, ImmutableArray<TimeRange> Damaged);

/// <summary>What of one part a viewing shows.</summary>
/// <param name="Part">The part.</param>
/// <param name="Vaults">Those that have it: first the one that told of it, then copies.</param>
/// <param name="Began">When its first fragment was recorded, seen or not: its own time line begins there.</param>
/// <param name="Fragments">What may be seen.</param>
internal sealed record VisiblePart(Part Part, ImmutableArray<string?> Vaults, DateTimeOffset Began, ImmutableArray<StoredFragment> Fragments)
{
    public PartId Id => Part.Id;
}
