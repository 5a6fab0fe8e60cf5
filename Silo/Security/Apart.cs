using System.Net;

namespace RecordingCluster.Silo.Security;

/// <summary>Whether an address stands apart from every public network: loopback, RFC 1918 or RFC 4193 (R20).</summary>
internal static class Apart
{
    public static bool Holds(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal || address.GetAddressBytes() is [10, _, _, _] or [172, >= 16 and <= 31, _, _] or [192, 168, _, _];

    /// <summary>Whether a connection to this host stays apart.</summary>
    /// <remarks>
    /// A name is no answer, but for localhost: looking it up asks a server that no setting names, and what that answers can be
    /// another address tomorrow than the one that was checked today. Nor is an address in any but its usual form, since
    /// 010.0.0.1 is private to one reader and public to the next.
    /// </remarks>
    public static bool Holds(Uri destination)
    {
        var host = destination.Host.Trim('[', ']');
        return host == "localhost" || (IPAddress.TryParse(host, out var address) && address.ToString() == host && Holds(address));
    }
}
