using System.Net;
using System.Net.Sockets;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Health;

/// <summary>Whether a camera at rest is there is asked without media and without login (R2).</summary>
public sealed class CameraReachTests
{
    private static readonly CameraId Camera = new("camera-1");

    [Fact]
    public async Task A_camera_that_is_there_answers_and_a_port_where_none_is_does_not()
    {
        await using var camera = await CameraProcess.Start();

        Assert.True(await Reach(camera.Address).Answers(Camera));
        Assert.False(await Reach($"rtsp://127.0.0.1:{Ports.Free()}/room-1").Answers(Camera));
    }

    [Fact]
    public async Task Something_else_at_its_address_is_no_camera()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = Serve(listener);

        Assert.False(await Reach($"rtsp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/room-1").Answers(Camera));
        Assert.StartsWith("OPTIONS rtsp://", await served, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_camera_of_another_network_is_not_asked() =>
        Assert.True(await Reach("rtsp://127.0.0.1:9/room-1", "ground-floor").Answers(Camera));

    private static CameraReach Reach(string address, string network = CameraOptions.DefaultNetwork) =>
        new(new Dictionary<CameraId, CameraOptions> { [Camera] = new() { Address = address, Network = network } }, [CameraOptions.DefaultNetwork], TimeProvider.System);

    private static async Task<string> Serve(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        var asked = new byte[1000];
        var length = await stream.ReadAsync(asked, TestContext.Current.CancellationToken);
        await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        return System.Text.Encoding.ASCII.GetString(asked, 0, length);
    }
}
