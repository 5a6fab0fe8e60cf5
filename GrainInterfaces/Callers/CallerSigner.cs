using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.GrainInterfaces.Callers;

/// <summary>Gives tokens signed by this process's own certificate, and remembers each for half of its life. Safe to use from several threads.</summary>
public sealed class CallerSigner(IClusterCertificates certificates, TimeProvider clock)
{
    // Some hundred people are signed in at once at most; when this is reached something else is going on, and we begin anew.
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<Caller, Signed> signed = new();

    /// <summary>A token that is good for at least half of <see cref="CallerToken.Lifetime"/>.</summary>
    public string TokenFor(Caller caller)
    {
        var (own, now) = (certificates.Own, clock.GetUtcNow());
        if (signed.TryGetValue(caller, out var known) && now < known.RenewAt && ReferenceEquals(known.By, own))
        {
            return known.Token;
        }

        if (signed.Count >= MostRemembered)
        {
            signed.Clear();
        }

        var token = CallerToken.Sign(caller, own, now);
        signed[caller] = new Signed(token, now + (CallerToken.Lifetime / 2), own);
        return token;
    }

    private sealed record Signed(string Token, DateTimeOffset RenewAt, X509Certificate2 By);
}
