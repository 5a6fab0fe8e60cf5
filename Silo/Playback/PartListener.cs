using System.Buffers.Binary;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Copies;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Playback;

/// <summary>The port at which sister silos fetch fragments and bring records of copies, and nobody anything else: silos' certificates alone come in, and only a ticket is answered.</summary>
internal static class PartListener
{
    public const string Scheme = "Ticket";

    public static void Secure(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection => Quietly(next, connection));
        listen.ApplicationServices.GetRequiredService<MutualTls>().Accept(listen, CertificateRole.Silo);
    }

    /// <summary>Before the portal: what comes in at this port never reaches a route of people's, nor theirs this.</summary>
    public static void UsePartListener(this WebApplication app, int port) =>
        app.MapWhen(http => http.Connection.LocalPort == port, sisters => sisters.Run(Serve));

    // Refusals are counted and said in one line now and then; a stranger must not fill the log with one each.
    private static async Task Quietly(ConnectionDelegate next, ConnectionContext connection)
    {
        try
        {
            await next(connection);
        }
        catch (AuthenticationException)
        {
            // It is cut off already.
        }
    }

    // The answer has no words: whoever comes here is a program, and goes by the status.
    private static async Task Serve(HttpContext http)
    {
        if (SecretOf(http.Request) is not { } secret || !http.RequestServices.GetRequiredService<PartTickets>().TryRedeem(secret, out var errand))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            await (errand switch
            {
                Errand.Fetch fetch when HttpMethods.IsGet(http.Request.Method) => Give(http, fetch),
                Errand.Bring bring when HttpMethods.IsPost(http.Request.Method) => Take(http, bring),
                _ => throw new RecordingClusterException(ErrorKind.NotFound, "The ticket is for something else."),
            });
        }
        catch (RecordingClusterException fault)
        {
            http.Response.StatusCode = ErrorStatus.Of(fault.Kind);
        }
    }

    private static async Task Give(HttpContext http, Errand.Fetch errand)
    {
        var (init, fragment) = http.RequestServices.GetRequiredService<ViewingSource>().Read(errand.Part, errand.Fragment, errand.Permit);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, init.Length);
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = length.Length + init.Length + fragment.Length;
        await http.Response.Body.WriteAsync(length, http.RequestAborted);
        await http.Response.Body.WriteAsync(init, http.RequestAborted);
        await http.Response.Body.WriteAsync(fragment, http.RequestAborted);
    }

    // Nothing is read of what is brought before its ticket was redeemed, and no more than a record can be.
    private static async Task Take(HttpContext http, Errand.Bring errand)
    {
        if (http.Request.ContentLength is not { } length || length > CopyRecord.MostBytes)
        {
            throw new RecordingClusterException(ErrorKind.InvalidInput, "A record says its length, and is no longer than one can be.");
        }

        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = length;
        var bytes = new byte[length];
        await http.Request.Body.ReadExactlyAsync(bytes, http.RequestAborted);
        await http.RequestServices.GetRequiredService<CopyDesk>().Take(errand.Part, CopyRecord.Read(bytes));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static byte[]? SecretOf(HttpRequest request)
    {
        var value = request.Headers.Authorization.ToString();
        return value.StartsWith($"{Scheme} ", StringComparison.Ordinal) && value.Length < 100 && value[(Scheme.Length + 1)..] is var hex && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(hex)
            : null;
    }
}
