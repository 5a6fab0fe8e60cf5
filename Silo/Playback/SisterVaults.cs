using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Playback;

/// <summary>Fragments that are in the vaults of other silos, and copies that they keep: what there is by a grain call, the bytes over mutual TLS with a ticket for each.</summary>
internal sealed partial class SisterVaults : IDisposable
{
    // One that runs answers in milliseconds. Longer, and it is shown as what cannot be reached now.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A fragment of 4 s over a slow line; whoever is recorded does not wait for it.
    private static readonly TimeSpan BringPatience = TimeSpan.FromSeconds(30);

    // Twice a fragment of 4 s at 8 Mbit/s, with its beginning.
    private const int MostBytes = 16 << 20;

    private readonly IGrainFactory grains;
    private readonly SiloCalls silo;
    private readonly SiloPlaces places;
    private readonly TimeProvider clock;
    private readonly ILogger<SisterVaults> log;
    private readonly HttpClient http;

    public SisterVaults(IGrainFactory grains, SiloCalls silo, SiloPlaces places, MutualTls tls, TimeProvider clock, ILogger<SisterVaults> log)
    {
        (this.grains, this.silo, this.places, this.clock, this.log) = (grains, silo, places, clock, log);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // so that a revoked certificate is not trusted for longer


            // The address is that of the silo by membership, its name is what its certificate must say. TLS is made here, so
            // that the other end is judged as at every connection between silos.
            ConnectCallback = async (context, cancellation) =>
            {
                var name = context.DnsEndPoint.Host;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(places.VaultOf(name) ?? throw Away(name), cancellation);
                    return await tls.Secure(new NetworkStream(socket, ownsSocket: true), name, cancellation);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        })
        {
            MaxResponseContentBufferSize = MostBytes,
            Timeout = BringPatience,
        };
    }

    /// <summary>What of a part, or of a copy of it, a grant opens; null when the silo that has it cannot be reached now.</summary>
    public async Task<PartLook?> Look(string vault, Part part, GrantUse use)
    {
        try
        {
            return places.Silos.Contains(vault) ? await Ask(() => grains.Vault(vault).Look(part, use)) : null;
        }
        catch (Exception fault) when (fault is not RecordingClusterException)
        {
            LogAway(vault, part.Id, fault);
            return null;
        }
    }

    /// <summary>Asks what the copy that a sister keeps of a part lacks.</summary>
    public Task<CopyAnswer> OfferCopy(string vault, PartToCopy part) => Ask(() => grains.Vault(vault).KeepCopy(part));

    /// <summary>Brings one record of a copy. It is sealed and on disk there when this returns.</summary>
    /// <returns>False when the disk there is full.</returns>
    /// <exception cref="RecordingClusterException">Conflict, DataLoss: that silo refused it; ask again what it lacks.</exception>
    public async Task<bool> Bring(string vault, PartId part, PartTicket ticket, CopyRecord record, CancellationToken cancellation)
    {
        using var request = RequestTo(vault, HttpMethod.Post, ticket);
        request.Content = new ByteArrayContent(record.ToBytes());
        using var answer = await http.SendAsync(request, cancellation);
        return answer.StatusCode switch
        {
            HttpStatusCode.NoContent => true,
            HttpStatusCode.ServiceUnavailable => false,
            HttpStatusCode.InternalServerError => throw new RecordingClusterException(ErrorKind.DataLoss, $"The copy of {part} on {vault} does not take record {record.Number}. Look at that server's log."),
            _ => throw new RecordingClusterException(ErrorKind.Conflict, $"{vault} did not take record {record.Number} of the copy of {part}: {(int)answer.StatusCode}. It is asked again what it lacks."),
        };
    }

    /// <summary>One fragment opened there, with its part's beginning.</summary>
    /// <exception cref="RecordingClusterException">Unavailable: that silo cannot be reached now. Or what that silo said.</exception>
    public async Task<(byte[] Init, byte[] Fragment)> Read(string vault, PartId part, int fragment, GrantUse use, CancellationToken cancellation)
    {
        try
        {
            var ticket = await Ask(() => grains.Vault(vault).Admit(part, fragment, use));
            using var request = RequestTo(vault, HttpMethod.Get, ticket);
            using var patience = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            using var answer = await http.SendAsync(request, either.Token);
            return answer.StatusCode == HttpStatusCode.OK ? Take(await answer.Content.ReadAsByteArrayAsync(either.Token)) : throw Refused(answer.StatusCode, part, vault);
        }
        catch (Exception fault) when (fault is not RecordingClusterException && !cancellation.IsCancellationRequested)
        {
            LogAway(vault, part, fault);
            throw Away(vault);
        }
    }

    public void Dispose() => http.Dispose();

    internal static RecordingClusterException Away(string vault) =>
        new(ErrorKind.Unavailable, $"This part is kept by the server of {vault}, which cannot be reached now. It is not lost: try again when that server is back.");

    private static HttpRequestMessage RequestTo(string vault, HttpMethod method, PartTicket ticket)
    {
        var request = new HttpRequestMessage(method, $"http://{vault}/"); // the stream beneath is TLS already
        request.Headers.Host = "localhost"; // which names a portal has is looked at first; who this is says the certificate
        request.Headers.Authorization = new AuthenticationHeaderValue(PartListener.Scheme, Convert.ToHexStringLower(ticket.Secret.AsSpan()));
        return request;
    }

    private async Task<T> Ask<T>(Func<Task<T>> call)
    {
        using var _ = silo.Begin();
        return await call().WaitAsync(Patience, clock);
    }

    private static (byte[] Init, byte[] Fragment) Take(byte[] bytes)
    {
        var length = bytes.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(bytes) : -1;
        return length >= 0 && length <= bytes.Length - sizeof(int)
            ? (bytes[sizeof(int)..(sizeof(int) + length)], bytes[(sizeof(int) + length)..])
            : throw new RecordingClusterException(ErrorKind.DataLoss, "A sister silo sent a fragment that is cut off. Look at its log.");
    }

    private static RecordingClusterException Refused(HttpStatusCode status, PartId part, string vault) => status switch
    {
        HttpStatusCode.NotFound => new(ErrorKind.NotFound, $"{vault} has no such fragment of {part}, or not any more."),
        HttpStatusCode.Forbidden => new(ErrorKind.Denied, $"The grant opens nothing of {part} on {vault} now. Ask anew, and let the secretary decide."),
        HttpStatusCode.InternalServerError => new(ErrorKind.DataLoss, $"{part} does not open on {vault}. Keep its file as it is, and look at that server's disk."),
        _ => Away(vault),
    };

    [LoggerMessage(4201, LogLevel.Warning, "{Silo} could not be asked for {Part}; it is shown as what cannot be reached now")]
    private partial void LogAway(string silo, PartId part, Exception fault);
}
