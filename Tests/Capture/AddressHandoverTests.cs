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
    public async Task A_process_whose_port_was_another_connections_a_moment_ago_is_told_too()
    {
        // The system gives a port again while earlier connections from it, to others, are still remembered; those belong to nobody.
        var port = 0;
        for (var earlier = 0; earlier < 16; earlier++)
        {
            using var other = new TcpListener(IPAddress.Loopback, 0);
            other.Start();
            using var connection = From(port);
            await connection.ConnectAsync(other.LocalEndpoint, TestContext.Current.CancellationToken);
            using var accepted = await other.AcceptSocketAsync(TestContext.Current.CancellationToken);
            port = ((IPEndPoint)connection.LocalEndPoint!).Port;
            connection.Close();
            Assert.Equal(0, await accepted.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        }

        using var handover = new AddressHandover();
        var giving = handover.Give(Environment.ProcessId, Address);
        using var asking = From(port);
        await asking.ConnectAsync(IPEndPoint.Parse(new Uri(handover.Entrance).Authority), TestContext.Current.CancellationToken);
        await using var stream = new NetworkStream(asking);

        Assert.Contains($"\r\nLocation: {Address}\r\n", await Told(stream), StringComparison.Ordinal);
        await giving.WaitAsync(TestContext.Current.CancellationToken);
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

    private static Socket From(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
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
