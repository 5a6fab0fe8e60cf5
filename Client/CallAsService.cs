using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Client;

/// <summary>Makes every call in the name of the service that the certificate was issued to: there is no other to be.</summary>
/// <remarks>
/// A call names its token by the digest, since a token is several times as long as most calls. A silo that does not know it
/// yet, or no longer, says so before it does anything; then the call is made once more, with the whole token.
/// </remarks>
internal sealed class CallAsService(CallerSigner signer, IClusterCertificates certificates) : IOutgoingGrainCallFilter
{
    private Self? self;
    private Named? named;

    // What an asynchronous method sets in the context ends with it: a token never stays behind until it is too old.
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var token = signer.TokenFor(CallerOf(certificates.Own));
        RequestContext.Set(CallerContext.PersonKey, DigestOf(token));
        try
        {
            await context.Invoke();
        }
        catch (TokenUnknownException)
        {
            RequestContext.Set(CallerContext.PersonKey, token);
            await context.Invoke();
        }
    }

    private string DigestOf(string token)
    {
        var known = named;
        if (known is null || !ReferenceEquals(known.Token, token))
        {
            named = known = new Named(token, CallerToken.DigestOf(token));
        }

        return known.Digest;
    }

    // A certificate's name is decoded anew whenever it is asked for, which took a tenth of a whole call.
    private Caller CallerOf(X509Certificate2 own)
    {
        var known = self;
        if (known is null || !ReferenceEquals(known.Own, own))
        {
            self = known = new Self(own, new Caller(own.GetNameInfo(X509NameType.SimpleName, forIssuer: false), Roles.BookingSystem));
        }

        return known.Caller;
    }

    private sealed record Self(X509Certificate2 Own, Caller Caller);

    private sealed record Named(string Token, string Digest);
}
