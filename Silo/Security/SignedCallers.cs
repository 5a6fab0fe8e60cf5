using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.Grains.Callers;

namespace RecordingCluster.Silo.Security;

/// <summary>Believes a token that a certificate of the cluster's own CA signed, within what its holder may say, and remembers it until it expires.</summary>
internal sealed class SignedCallers(IClusterCertificates certificates, TimeProvider clock) : ICallerVerifier
{
    // Header with one certificate of some 500 bytes, twice in base64, and claims; three times that.
    private const int MostCharacters = 4096;

    // A municipality has some hundred people and some silos; when this is reached something else is going on, and we begin anew.
    private const int MostRemembered = 10_000;

    private const int LongestSubject = 64;

    // Clocks of the silos' network differ by this much at most: R11 watches them.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    // So soon a certificate that was revoked loses the tokens that it signed before.
    private static readonly TimeSpan CheckAgain = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Believed> believed = new(ByEnd.Comparer); // each by itself and by its digest
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = MostCharacters };

    public ValueTask<CallerVerdict> Verify(string said)
    {
        var now = clock.GetUtcNow();
        return believed.TryGetValue(said, out var known) ? now < known.CheckAt ? ValueTask.FromResult(known.Verdict) : new(JudgeAgain(known, now))
            : said.Length != CallerToken.DigestCharacters ? new(Judge(said, now))
            : throw new TokenUnknownException();
    }

    // It stays known while it is judged, or every call by its digest that comes meanwhile would have to be made again.
    private async Task<CallerVerdict> JudgeAgain(Believed known, DateTimeOffset now)
    {
        var verdict = await Judge(known.Token, now);
        if (verdict.Caller is null)
        {
            believed.TryRemove(known.Token, out _);
            believed.TryRemove(known.Digest, out _);
        }

        return verdict;
    }

    private async Task<CallerVerdict> Judge(string token, DateTimeOffset now)
    {
        if (token.Length > MostCharacters || !handler.CanReadToken(token))
        {
            return CallerVerdict.Not("a token that is no JWT");
        }

        try
        {
            return await Judge(handler.ReadJsonWebToken(token), now);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whatever a parser makes of hostile bytes, they are no token.
            return CallerVerdict.Not("a token that is malformed");
        }
    }

    private async Task<CallerVerdict> Judge(JsonWebToken token, DateTimeOffset now)
    {
        if (token.Alg != CallerToken.Algorithm || token.Typ != CallerToken.Type)
        {
            return CallerVerdict.Not("a token of another kind or algorithm");
        }

        if (!token.TryGetHeaderValue<string[]>(JwtHeaderParameterNames.X5c, out var chain) || chain is not [var encoded])
        {
            return CallerVerdict.Not("a token that does not bring its signer's certificate");
        }

        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(encoded));
        if (!certificates.TryCheck(certificate, out var signer, out _))
        {
            return CallerVerdict.Not("a token whose signer is unknown, expired or revoked");
        }

        if (!await IsSigned(token, certificate, signer))
        {
            return CallerVerdict.Not("a token that was altered, or made for others");
        }

        // Expiry is judged here and not by the library, whose clock is not ours.
        if (token.IssuedAt.ToUniversalTime() > (now + Skew).UtcDateTime || token.ValidTo - token.IssuedAt > CallerToken.Lifetime || token.ValidTo.ToUniversalTime() <= now.UtcDateTime)
        {
            return CallerVerdict.Not("a token whose time has passed, has not come, or is too long");
        }

        if (Read(token) is not { } caller || !MaySay(signer, caller))
        {
            return CallerVerdict.Not("a token that claims more than its signer may");
        }

        return Remember(token, caller, now);
    }

    private async Task<bool> IsSigned(JsonWebToken token, X509Certificate2 certificate, CertificateHolder signer)
    {
        using var key = certificate.GetECDsaPublicKey();
        if (key is null)
        {
            return false;
        }

        var outcome = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            // The key is disposed of with this call, so nothing may remember it.
            IssuerSigningKey = new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
            ValidAlgorithms = [CallerToken.Algorithm],
            ValidTypes = [CallerToken.Type],
            ValidAudience = CallerToken.Audience,
            ValidIssuer = signer.Name,
            RequireExpirationTime = true,
            ValidateLifetime = false,
        });
        return outcome.IsValid;
    }

    private static Caller? Read(JsonWebToken token)
    {
        if (token.Subject is not { Length: > 0 and <= LongestSubject } subject || !token.TryGetPayloadValue<string[]>(CallerToken.RolesClaim, out var names) || names is null)
        {
            return null;
        }

        var roles = Roles.None;
        foreach (var name in names)
        {
            if (!Known.TryGetValue(name, out var role))
            {
                return null;
            }

            roles |= role;
        }

        return RoleRules.GoTogether(roles) ? new Caller(subject, roles) : null;
    }

    // By name alone: an enum would also be parsed from a number.
    private static readonly ImmutableDictionary<string, Roles> Known =
        Enum.GetValues<Roles>().Where(role => role != Roles.None).ToImmutableDictionary(role => role.ToString(), StringComparer.Ordinal);

    // A silo speaks for the people at its portal; a booking client for itself alone.
    private static bool MaySay(CertificateHolder signer, Caller caller) =>
        signer.Role == CertificateRole.Silo || caller == new Caller(signer.Name, CallerToken.RoleOf(signer));

    private CallerVerdict Remember(JsonWebToken token, Caller caller, DateTimeOffset now)
    {
        if (believed.Count >= MostRemembered)
        {
            believed.Clear();
        }

        var until = new DateTimeOffset(token.ValidTo, TimeSpan.Zero);
        var known = new Believed(CallerVerdict.Is(caller, token.EncodedToken), token.EncodedToken, CallerToken.DigestOf(token.EncodedToken), until < now + CheckAgain ? until : now + CheckAgain);
        believed[known.Token] = believed[known.Digest] = known;
        return known.Verdict;
    }

    private sealed record Believed(CallerVerdict Verdict, string Token, string Digest, DateTimeOffset CheckAt);

    /// <summary>Tokens and digests by all their characters, hashed by the last ones alone: those of a signature or of a digest are as random as any hash of the whole.</summary>
    /// <remarks>What does not verify is never kept, so that nobody can fill one bucket.</remarks>
    private sealed class ByEnd : IEqualityComparer<string>
    {
        private const int Characters = 16;

        public static ByEnd Comparer { get; } = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string token) => string.GetHashCode(token.AsSpan(Math.Max(0, token.Length - Characters)), StringComparison.Ordinal);
    }
}
