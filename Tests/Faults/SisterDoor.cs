using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>The port at which silos let sisters in, tried by anybody.</summary>
internal static class SisterDoor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Fetches with a ticket, or brings what is given with it.</summary>
    /// <returns>What was answered; null when the connection was refused.</returns>
    public static async Task<HttpStatusCode?> Knock(TwoSilos two, SiloProcess at, string? holder, PartTicket? ticket, byte[]? brings = null)
    {
        var policy = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true }; // who asks is tried here, not who answers
        if (holder is not null)
        {
            using var pem = X509Certificate2.CreateFromPemFile(Path.Combine(two.Certificates, $"{holder}.crt"), Path.Combine(two.Certificates, $"{holder}.key"));
            policy.ClientCertificateContext = SslStreamCertificateContext.Create(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), null, offline: true);
        }

        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = policy }) { Timeout = Patience };
        using var request = new HttpRequestMessage(brings is null ? HttpMethod.Get : HttpMethod.Post, $"https://{at.Address}:{at.VaultPort}/");
        request.Headers.Authorization = ticket is null ? null : new AuthenticationHeaderValue(PartListener.Scheme, Convert.ToHexStringLower(ticket.Secret.AsSpan()));
        request.Headers.Host = "localhost"; // which names a portal has is looked at first
        request.Content = brings is null ? null : new ByteArrayContent(brings);
        try
        {
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
