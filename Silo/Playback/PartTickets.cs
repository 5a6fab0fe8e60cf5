using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Playback;

/// <summary>The tickets of this silo that are still out. Each is for one fragment to be fetched by one permit, or for one record of a copy to be brought: once, and soon or not at all.</summary>
internal sealed class PartTickets(TimeProvider clock)
{
    private const int SecretBytes = 32;

    // A sister silo asks for a ticket and comes with it at once; a machine under load takes a second or two.
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(10);

    // 20 who look at once, each with six connections, and as many again: nobody in their senses is refused.
    private const int MostOut = 240;

    private readonly ConcurrentDictionary<string, (Errand Errand, long IssuedAt)> issued = new();

    /// <exception cref="RecordingClusterException">Unavailable: too many are out.</exception>
    public PartTicket Issue(Errand errand)
    {
        foreach (var old in issued.Where(one => clock.GetElapsedTime(one.Value.IssuedAt) > Term))
        {
            issued.TryRemove(old);
        }

        if (issued.Count >= MostOut)
        {
            throw new RecordingClusterException(ErrorKind.Unavailable, "Too many fragments are being fetched from this silo at once. Try again in a moment.");
        }

        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        issued[KeyOf(secret)] = (errand, clock.GetTimestamp());
        return new PartTicket(ImmutableArray.Create(secret));
    }

    /// <summary>What a ticket is for. It is used up with this.</summary>
    public bool TryRedeem(ReadOnlySpan<byte> secret, [NotNullWhen(true)] out Errand? errand)
    {
        errand = issued.TryRemove(KeyOf(secret), out var one) && clock.GetElapsedTime(one.IssuedAt) <= Term ? one.Errand : null;
        return errand is not null;
    }

    // By its digest, so that the look-up tells nobody by its time how near a guess was.
    private static string KeyOf(ReadOnlySpan<byte> secret) => Convert.ToHexString(SHA256.HashData(secret));
}

/// <summary>What a ticket is for.</summary>
internal abstract record Errand
{
    private Errand()
    {
    }

    /// <summary>One fragment may be fetched, and by what right.</summary>
    public sealed record Fetch(PartId Part, int Fragment, ViewingPermit Permit) : Errand;

    /// <summary>The next record of a copy may be brought.</summary>
    public sealed record Bring(PartToCopy Part) : Errand;
}
