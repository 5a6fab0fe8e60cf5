using System.Net;
using System.Net.Sockets;
using System.Text;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Capture;

/// <summary>A camera, or who stands in its place, that redirects the recorder (RFC 2326, 3xx).</summary>
public sealed class SentElsewhereTests
{
    [Fact]
    public async Task A_camera_that_sends_elsewhere_is_not_followed_even_to_one_that_would_give_picture_and_sound()
    {
        await using var elsewhere = await CameraProcess.Start();
        using var camera = new TcpListener(IPAddress.Loopback, 0);
        camera.Start();
        var redirecting = Redirect(camera, elsewhere.Address);
        var options = new CameraOptions { Address = $"rtsp://{camera.LocalEndpoint}/camera", CredentialsFile = elsewhere.CredentialsFile };
        var follows = new CameraOptions { Address = elsewhere.Address, CredentialsFile = elsewhere.CredentialsFile };

        var measured = await Measure(options);
        var without = await Measure(follows);

        await redirecting;
        Assert.Equal([CameraFault.SendsElsewhere], measured.Faults);
        Assert.Equal((null, null), (measured.Picture, measured.Sound));
        Assert.True(without.IsFit, $"{without}");
    }

    [Fact]
    public async Task Nothing_is_taken_for_the_camera_s_own_before_ffmpeg_has_said_that_it_reads_there()
    {
        await using var elsewhere = await CameraProcess.Start();
        using var camera = new TcpListener(IPAddress.Loopback, 0);
        camera.Start();
        var redirecting = Redirect(camera, elsewhere.Address);

        await using var sent = await Record(new CameraOptions { Address = $"rtsp://{camera.LocalEndpoint}/camera", CredentialsFile = elsewhere.CredentialsFile });
        await using var there = await Record(new CameraOptions { Address = elsewhere.Address, CredentialsFile = elsewhere.CredentialsFile });

        Assert.False(await sent.AtCamera);
        Assert.True(await there.AtCamera);
        await redirecting;
    }

    private static Task<FfmpegProcess> Record(CameraOptions camera) => FfmpegProcess.Start(FfmpegCommand.Record(camera, sound: true), TimeProvider.System);

    private static Task<CameraMeasurement> Measure(CameraOptions camera) =>
        new MeasureRun(camera, new CaptureOptions(), sound: true, () => Task.FromResult(true), _ => { }, TimeProvider.System).Measure(TestContext.Current.CancellationToken);

    private static async Task Redirect(TcpListener camera, string address)
    {
        using var connection = await camera.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"RTSP/1.0 302 Found\r\nCSeq: 1\r\nLocation: {address}\r\n\r\n"), TestContext.Current.CancellationToken);
    }
}
