using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RecordingCluster.Tests.Audit;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>Nothing leaves (R20): the whole way of two recordings where there is no network, with every attempt to reach one noted.</summary>
public sealed class ApartTests
{
    private const int Portal = 8080;
    private const int SiloPort = 11111;
    private const int Gateway = 30000;

    // In seconds. Long enough to record, ask, approve and look on a slow machine that is being watched.
    private const int Retention = 45;

    private static readonly int[] Cameras = [8554, 8564];
    private static readonly TimeSpan StartWait = TimeSpan.FromSeconds(90);

    // The name service's cache, on this machine: glibc asks it who a user is, before it reads /etc/passwd. Nothing answers there.
    private static readonly string[] OfThisMachine = ["unix:/var/run/nscd/socket"];

    [Fact]
    public async Task A_whole_walk_reaches_for_cameras_and_for_itself_and_for_nothing_else()
    {
        if (Namespace.WhyNot() is { } reason)
        {
            Assert.Skip(reason);
        }

        using var folder = new TemporaryFolder();
        await using var network = await Namespace.Make();
        foreach (var (port, i) in Cameras.Select((port, i) => (port, i)))
        {
            var secret = folder[$"camera-{i + 1}"];
            await File.WriteAllTextAsync(secret, CameraProcess.Login + "\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var camera = network.Start(["/usr/bin/python3", InRepository("Tests/Cameras/test_camera.py"), "--port", $"{port}", "--path", "/camera", "--credentials", secret]);
            Assert.StartsWith("ready", await camera.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var silo = network.StartWatched(folder["silo"], ["dotnet", Path.Combine(AppContext.BaseDirectory, "RecordingCluster.Silo.dll")], Settings(folder));
        var log = Drain(silo);
        var certificates = Path.Combine(folder["data"], "certificates");
        await SiloProcess.Until(async () => (await network.Run(["curl", "-fs", "--cacert", Path.Combine(certificates, "ca.crt"), $"https://localhost:{Portal}/health/ready"])).ExitCode == 0, StartWait, () => string.Join('\n', log));
        var walked = await network.Run(
        [
            "dotnet", ToolProgram.File, "walk", "--portal", $"https://localhost:{Portal}", "--certificates", certificates, "--gateway", $"127.0.0.1:{Gateway}",
            "--seconds", "5", "--retention", $"{Retention}", "--report", folder["report"],
        ]);
        await network.End("dotnet");
        await silo.WaitForExitAsync(TestContext.Current.CancellationToken);

        var noted = await File.ReadAllLinesAsync(folder["silo"], TestContext.Current.CancellationToken);
        var reached = Attempts.Read(noted).Distinct().ToList();
        var cameras = Cameras.Select(port => $"127.0.0.1:{port}").ToList();
        Assert.True(walked.ExitCode == 0, $"{walked.Said}\n{string.Join('\n', log)}");
        Assert.All(JsonDocument.Parse(await File.ReadAllTextAsync(folder["report"], TestContext.Current.CancellationToken)).RootElement.GetProperty("steps").EnumerateArray(), step => Assert.True(step.GetProperty("ok").GetBoolean()));
        Assert.Equal(cameras, reached.Intersect(cameras).Order());
        Assert.Empty(reached.Except([.. cameras, $"127.0.0.1:{SiloPort}", $"127.0.0.1:{Gateway}", $"127.0.0.1:{Portal}", .. Attempts.Entrances(noted), .. OfThisMachine]));
    }

    [Theory]
    [InlineData("192.0.2.1:80", "curl -sm 2 http://192.0.2.1/")]
    [InlineData(":53", "getent ahosts somewhere.example")]
    public async Task Whoever_reaches_for_something_else_is_seen_to(string expected, string command)
    {
        if (Namespace.WhyNot() is { } reason)
        {
            Assert.Skip(reason);
        }

        using var folder = new TemporaryFolder();
        await using var network = await Namespace.Make();

        // A shell in between, since it is the child of what is watched that tries.
        using var tried = network.StartWatched(folder["tried"], ["sh", "-c", $"{command}; exit 0"]);
        await tried.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains(Attempts.Read(await File.ReadAllLinesAsync(folder["tried"], TestContext.Current.CancellationToken)), attempt => attempt.EndsWith(expected, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Settings(TemporaryFolder folder)
    {
        var settings = new Dictionary<string, string>
        {
            ["Storage__Folder"] = folder["data"],
            ["Network__PortalPort"] = $"{Portal}",
            ["Network__SiloPort"] = $"{SiloPort}",
            ["Network__GatewayPort"] = $"{Gateway}",
            ["Rules__ErasurePeriod"] = "00:01:00",
            ["Demo__SignIn"] = "true",
        };
        foreach (var (port, i) in Cameras.Select((port, i) => (port, i)))
        {
            settings[$"Cameras__camera-{i + 1}__Address"] = $"rtsp://127.0.0.1:{port}/camera";
            settings[$"Cameras__camera-{i + 1}__CredentialsFile"] = folder[$"camera-{i + 1}"];
        }

        return settings;
    }

    private static System.Collections.Concurrent.ConcurrentQueue<string> Drain(Process process)
    {
        var said = new System.Collections.Concurrent.ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return said;
    }

    private static string InRepository(string path, [CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", path);
}
