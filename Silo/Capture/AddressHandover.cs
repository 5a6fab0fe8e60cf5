using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RecordingCluster.Silo.Capture;

/// <summary>Tells one ffmpeg where its camera is, secret included, and nobody else: an address on loopback that redirects it (RFC 2326, 3xx).</summary>
/// <remarks>
/// Arguments and environment of a process can be read by others. A script that names the camera, on standard input to ffmpeg's concat
/// demuxer, cannot either; but then each packet goes through two demuxers for as long as the recording lasts.
/// </remarks>
internal sealed class AddressHandover : IDisposable
{
    private const int MostRequestBytes = 4096;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public AddressHandover() => listener.Start();

    /// <summary>What ffmpeg is told to open.</summary>
    public string Entrance => $"rtsp://{listener.LocalEndpoint}/";

    /// <summary>Answers the first connection that is the process's own; every other is closed without a word. Ends with the handover, or when that is disposed of.</summary>
    public async Task Give(int process, string address)
    {
        try
        {
            while (!await TryGive(process, address))
            {
                // Somebody else on this machine came first.
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The process ended before it asked.
        }
    }

    public void Dispose() => listener.Dispose();

    private async Task<bool> TryGive(int process, string address)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        try
        {
            if (!Sockets.IsHeldBy(process, connection.Client))
            {
                return false;
            }

            var stream = connection.GetStream();
            var asked = await stream.ReadAtLeastAsync(new byte[MostRequestBytes], 1, throwOnEndOfStream: false);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"RTSP/1.0 302 Found\r\nCSeq: 1\r\nLocation: {address}\r\n\r\n"));
            return asked > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Which process has the other end of a connection on loopback, by proc(5).</summary>
    private static class Sockets
    {
        private const int LocalColumn = 1;
        private const int RemoteColumn = 2;
        private const int InodeColumn = 9;

        public static bool IsHeldBy(int process, Socket ours)
        {
            // By both ends: a port that was given again stands there also for its earlier connections, which are nobody's any more.
            var (local, remote) = (Printed(ours.RemoteEndPoint!), Printed(ours.LocalEndPoint!));
            var inode = File.ReadLines("/proc/net/tcp")
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .FirstOrDefault(row => row[LocalColumn] == local && row[RemoteColumn] == remote)?[InodeColumn];
            return inode is not null && new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos().Any(file => file.LinkTarget == $"socket:[{inode}]");
        }

        // 127.0.0.1 with its bytes turned round, as the kernel prints an address on a little-endian machine.
        private static string Printed(EndPoint end)
        {
            var (address, port) = (((IPEndPoint)end).Address, ((IPEndPoint)end).Port);
            return string.Create(CultureInfo.InvariantCulture, $"{BitConverter.ToUInt32(address.GetAddressBytes()):X8}:{port:X4}");
        }
    }
}
