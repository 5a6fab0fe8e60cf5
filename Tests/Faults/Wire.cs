using System.Net;
using System.Net.Sockets;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>The cable to a server on this machine: it can be made slow, or cut so that nobody is told.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, Ports.Free());
    private readonly CancellationTokenSource stop = new();
    private readonly int to;
    private readonly Task accepting;

    public Wire(int to)
    {
        this.to = to;
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How long each answer takes on its way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Nothing passes, and no connection ends by it.</summary>
    public bool IsCut { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                _ = Join(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // Put away.
        }
    }

    private async Task Join(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, to, stop.Token);
                (near.NoDelay, far.NoDelay) = (true, true);
                await Task.WhenAny(Copy(near, far, () => TimeSpan.Zero), Copy(far, near, () => Delay));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException)
            {
                // The server is away, or the wire was put away.
            }
        }
    }

    private async Task Copy(TcpClient from, TcpClient to, Func<TimeSpan> delay)
    {
        var buffer = new byte[16384];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, stop.Token) is > 0 and var read)
            {
                await Task.Delay(delay(), TimeProvider.System, stop.Token);
                while (IsCut)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop.Token);
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), stop.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // One end is gone, and the other is put down with it.
        }
    }
}
