using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Client;

/// <summary>Makes every call in the name of the service that the certificate was issued to: there is no other to be.</summary>
internal sealed class CallAsService(CallerSigner signer, IClusterCertificates certificates) : IOutgoingGrainCallFilter
{
    // What an asynchronous method sets in the context ends with it: a token never stays behind until it is too old.
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var name = certificates.Own.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        RequestContext.Set(CallerContext.PersonKey, signer.TokenFor(new Caller(name, Roles.BookingSystem)));
        await context.Invoke();
    }
}
