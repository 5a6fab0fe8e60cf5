using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace RecordingCluster.Tests.Silo;

/// <summary>
/// Ports for what the tests start. Each is given once and lies below those that the system hands to outgoing connections
/// (32768 and up on Linux): one of those could be taken between the asking and the listening, or while a killed silo is to
/// come back at its own port.
/// </summary>
internal static class Ports
{
    private const int First = 10_000;
    private const int Count = 12_000; // Orleans' test clusters take theirs from 22300

    private static int last = RandomNumberGenerator.GetInt32(Count); // another run on this machine begins elsewhere

    public static int Free(IPAddress? at = null)
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            if (IsFree(at ?? IPAddress.Loopback, port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"None of the {Count} ports from {First} is free on this machine.");
    }

    private static bool IsFree(IPAddress at, int port)
    {
        using var listener = new TcpListener(at, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
