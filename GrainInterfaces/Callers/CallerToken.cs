using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.GrainInterfaces.Callers;

/// <summary>The signed text in which a caller travels with a call: a JWT (RFC 7519), ES256 by the signer's cluster certificate.</summary>
/// <remarks>
/// The certificate travels in the header (x5c, RFC 7515), so that every silo can judge a token by the cluster's CA alone.
/// A booking client signs for itself; a silo signs for itself and for the people signed in at its portal. What a signer
/// may say is checked where the token is verified, not here.
/// </remarks>
public static class CallerToken
{
    public const string Audience = "recording-cluster";

    /// <summary>Says what sort of token it is, so that no other kind that the same key may sign is taken for one (RFC 8725, 3.11).</summary>
    public const string Type = "caller+jwt";

    public const string Algorithm = SecurityAlgorithms.EcdsaSha256;

    public const string RolesClaim = "roles";

    /// <summary>SHA-256 in base64url: as long as no token is.</summary>
    public const int DigestCharacters = 43;

    /// <summary>What a silo says of itself has as little time as what it says of others; longer than any call, shorter than a stolen token is of use.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Signs for a caller, from now on.</summary>
    public static string Sign(Caller caller, X509Certificate2 certificate, DateTimeOffset now)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new ArgumentException("The certificate has no ECDSA private key.", nameof(certificate));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Type,
            Audience = Audience,
            Issuer = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = caller.Subject,
                [JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7(now).ToString("N"),
                [RolesClaim] = NamesOf(caller.Roles),
            },
            AdditionalHeaderClaims = new Dictionary<string, object> { [JwtHeaderParameterNames.X5c] = new[] { Convert.ToBase64String(certificate.RawDataMemory.Span) } },
            SigningCredentials = new SigningCredentials(
                // The key is disposed of with this call, so nothing may remember it.
                new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } }, Algorithm),
        });
    }

    /// <summary>Names a token in a fraction of its length. Where the token is known it does what the token does, so it is as secret, and ends with it.</summary>
    public static string DigestOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));

    /// <summary>Each role by its name.</summary>
    public static string[] NamesOf(Roles roles) =>
        [.. Enum.GetValues<Roles>().Where(role => role != Roles.None && (roles & role) == role).Select(role => role.ToString())];

    /// <summary>The role that a certificate's holder has by it: what a booking client may say of itself.</summary>
    public static Roles RoleOf(CertificateHolder holder) => holder.Role == CertificateRole.Silo ? Roles.Silo : Roles.BookingSystem;
}
