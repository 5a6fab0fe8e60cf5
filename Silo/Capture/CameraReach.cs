using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Silo.Capture;

/// <summary>Asks a camera at rest whether it is there: what it can do (RTSP OPTIONS), which needs no login and gives no media (R2).</summary>
internal sealed class CameraReach(IReadOnlyDictionary<CameraId, CameraOptions> cameras, IReadOnlyCollection<string> networks, TimeProvider clock)
{
    // Whoever asks for health often does not ask the camera as often.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<CameraId, (long At, Task<bool> Answer)> asked = new();

    /// <summary>False when it does not answer. A camera on a network that this silo is not on is another silo's to ask.</summary>
    public Task<bool> Answers(CameraId camera)
    {
        if (!cameras.TryGetValue(camera, out var options) || !networks.Contains(options.Network))
        {
            return Task.FromResult(true);
        }

        return asked.AddOrUpdate(
            camera,
            _ => (clock.GetTimestamp(), Ask(options)),
            (_, known) => clock.GetElapsedTime(known.At) < Kept ? known : (clock.GetTimestamp(), Ask(options))).Answer;
    }

    private async Task<bool> Ask(CameraOptions options)
    {
        using var soon = new CancellationTokenSource(Longest, clock);
        try
        {
            var address = new Uri(options.Address);

            // An address by the settings' rule, and no name is looked up (R20): the one name that they take is localhost.
            var at = IPAddress.TryParse(address.DnsSafeHost, out var given) ? given : IPAddress.Loopback;
            using var connection = new TcpClient(at.AddressFamily) { NoDelay = true };
            await connection.ConnectAsync(at, address.Port < 0 ? 554 : address.Port, soon.Token);
            var stream = connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"OPTIONS {address} RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: recording-cluster\r\n\r\n"), soon.Token);
            var head = new byte["RTSP/".Length];
            await stream.ReadExactlyAsync(head, soon.Token);
            return head.AsSpan().SequenceEqual("RTSP/"u8);
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
