using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RecordingCluster.Silo.Portal.Edge;

/// <summary>How much the server takes in, before anybody is known: each a limit on what a stranger can make it hold.</summary>
internal static class ServerLimits
{
    /// <summary>The largest body that any route takes is a passkey's answer or a booking, some kilobytes.</summary>
    public const int MostBodyBytes = 64 * 1024;

    // Two cookies and an antiforgery token are 2 kB.
    public const int MostHeaderBytes = 16 * 1024;
    public const int MostHeaders = 64;

    // The longest address is that of a fragment, below 200.
    public const int MostRequestLineBytes = 4 * 1024;

    // A town hall has some hundred people, a browser opens six connections: 100 x 6, rounded up. At most 1,000 x (64 + 16) kB = 80 MB held.
    public const int MostConnections = 1000;

    // A body of 64 kB at this rate takes 4.5 minutes, and whoever is slower is cut off.
    private const double LeastBytesPerSecond = 240;
    private static readonly TimeSpan SlowStart = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan LongestForHeaders = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptOpen = TimeSpan.FromMinutes(1);

    public static void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxRequestBodySize = MostBodyBytes;
        limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        limits.MaxRequestHeaderCount = MostHeaders;
        limits.MaxRequestLineSize = MostRequestLineBytes;
        limits.MaxRequestBufferSize = MostBodyBytes;
        limits.MaxConcurrentConnections = MostConnections;
        limits.MaxConcurrentUpgradedConnections = 0; // nothing here speaks WebSocket
        limits.RequestHeadersTimeout = LongestForHeaders;
        limits.KeepAliveTimeout = KeptOpen;
        limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, SlowStart);
    }
}
