using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RecordingCluster.Benchmarks;

/// <summary>Debian's nginx with a folder of plain files, behind the same certificate as the portal: what serving costs when nobody is asked whether it may.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly Process process;
    private readonly string folder;

    private Nginx(string folder, int port, Process process) => (this.folder, Address, this.process) = (folder, new Uri($"https://localhost:{port}/"), process);

    public Uri Address { get; }

    /// <param name="folder">Where it has its files; a folder of its own.</param>
    /// <param name="certificates">The folder of the cluster's certificates.</param>
    public static async Task<Nginx> Start(string folder, string certificates)
    {
        Directory.CreateDirectory(Path.Combine(folder, "files"));
        var port = BenchPorts.Free();
        var settings = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(settings, $$"""
            daemon off;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes auto;
            pid {{folder}}/pid;
            error_log stderr crit;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              keepalive_requests 1000000;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              server {
                listen 127.0.0.1:{{port}} ssl;
                ssl_certificate {{certificates}}/silo.crt;
                ssl_certificate_key {{certificates}}/silo.key;
                ssl_protocols TLSv1.3;
                root {{folder}}/files;
              }
            }
            """);
        var process = Process.Start(new ProcessStartInfo("nginx", ["-p", folder, "-c", settings]))!;
        await BenchPorts.Answers(port, process, "nginx");
        return new Nginx(folder, port, process);
    }

    public async Task Put(string path, byte[] bytes)
    {
        var file = Path.Combine(folder, "files", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}

/// <summary>Ports for what a benchmark starts.</summary>
internal static class BenchPorts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until somebody listens.</summary>
    public static async Task Answers(int port, Process process, string name)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < Patience && !process.HasExited; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                // not yet
            }
        }

        throw new InvalidOperationException($"{name} does not answer at port {port}.");
    }
}
