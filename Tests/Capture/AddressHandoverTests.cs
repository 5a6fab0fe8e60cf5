using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Tests.Capture;

public sealed class AddressHandoverTests
{
    private const string Address = "rtsp://recorder:secret@10.0.5.11:554/stream1";

    [Fact]
    public async Task The_process_that_was_started_is_told_where_the_camera_is()
    {
        using var handover = new AddressHandover();
        using var asking = Ask(handover);
        await handover.Give(asking.Id, Address);

        var answer = await asking.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("RTSP/1.0 302 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nLocation: {Address}\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_else_on_the_machine_comes_first_is_told_nothing_and_takes_nothing_away()
    {
        using var handover = new AddressHandover();
        using var started = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        var giving = handover.Give(started.Id, Address);

        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPEndPoint.Parse(new Uri(handover.Entrance).Authority), TestContext.Current.CancellationToken);
        var stream = stranger.GetStream();
        var told = await Told(stream);

        Assert.Equal("", told);
        Assert.False(giving.IsCompleted);
        started.Kill();
    }

    [Fact]
    public async Task A_process_that_ends_before_it_asks_ends_the_handover()
    {
        var handover = new AddressHandover();
        var giving = handover.Give(Environment.ProcessId, Address);

        handover.Dispose();

        await giving.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static Process Ask(AddressHandover handover) => Process.Start(new ProcessStartInfo("bash", [
        "-c", $"exec 3<>/dev/tcp/127.0.0.1/{new Uri(handover.Entrance).Port} && printf 'OPTIONS * RTSP/1.0\\r\\nCSeq: 1\\r\\n\\r\\n' >&3 && exec cat <&3"])
    {
        RedirectStandardOutput = true,
    })!;

    // A connection that is closed with what was sent still unread is reset.
    private static async Task<string> Told(NetworkStream stream)
    {
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
