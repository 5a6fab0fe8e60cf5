using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Client;

/// <summary>Makes every call in the name of the service that the certificate was issued to: there is no other to be.</summary>
internal sealed class CallAsService(CallerSigner signer, IClusterCertificates certificates) : IOutgoingGrainCallFilter
{
    private Self? self;

    // What an asynchronous method sets in the context ends with it: a token never stays behind until it is too old.
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(CallerContext.PersonKey, signer.TokenFor(CallerOf(certificates.Own)));
        await context.Invoke();
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
}
