using System.Net;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Bookings;

namespace RecordingCluster.Tests.Silo;

/// <summary>The operator tests a real camera through the real silo: numbers, one line in the trail, and no talk is disturbed.</summary>
public sealed class CameraTestTests
{
    private const string Test = "/cameras/camera-1/measurement";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task At_rest_it_is_measured_during_a_talk_it_is_left_alone_and_nobody_else_may()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        using var operators = await silo.SignIn("demo-operator");
        using var administrator = await silo.SignIn("demo-administrator");

        var measuring = operators.Ask(HttpMethod.Post, Test, new { });
        await SiloProcess.Until(() => Task.FromResult(silo.Recorders().Count == 1), Soon, () => silo.Log);
        var commands = silo.Recorders().Select(SiloProcess.CommandLine).ToList();
        var (status, measured) = await measuring;
        var left = silo.Recorders().Count;
        var (booking, outcome) = await silo.StartTalk();
        var during = await operators.Ask(HttpMethod.Post, Test, new { });
        var recorders = silo.Recorders().Count;
        await silo.PutObjection(booking);
        var paused = await operators.Ask(HttpMethod.Post, Test, new { });
        var other = await administrator.Ask(HttpMethod.Post, Test, new { });

        Assert.IsType<StartOutcome.Started>(outcome);
        Assert.Equal((HttpStatusCode.OK, "avc1", 640, 360), (status, measured.GetProperty("picture").GetProperty("codec").GetString(), Number(measured, "width"), Number(measured, "height")));
        Assert.Empty(measured.GetProperty("faults").EnumerateArray());
        Assert.All(commands, command => Assert.DoesNotContain("s3cr", command, StringComparison.Ordinal));
        Assert.Equal((0, 1), (left, recorders));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Forbidden), (during.Status, paused.Status, other.Status));
        Assert.EndsWith(":camera-records", during.Body.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(":talk-goes-on", paused.Body.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(silo.Temporary, "*", SearchOption.AllDirectories), file => new FileInfo(file).Length > 0); // sockets and pipes have no length
        Assert.DoesNotContain("s3cr", silo.Log, StringComparison.Ordinal);
        Assert.Equal(["done", "refused", "refused"], await Trail(silo));
    }

    [Fact]
    public async Task A_talk_that_begins_while_its_camera_is_tested_is_recorded_at_once()
    {
        await using var camera = await CameraProcess.Start("--gop-seconds", "3");
        await using var silo = await SiloProcess.Start(camera);
        using var operators = await silo.SignIn("demo-operator");

        var measuring = operators.Ask(HttpMethod.Post, Test, new { });
        await SiloProcess.Until(() => Task.FromResult(silo.Recorders().Count == 1), Soon, () => silo.Log);
        var (_, outcome) = await silo.StartTalk();
        var (status, body) = await measuring;

        Assert.IsType<StartOutcome.Started>(outcome);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.EndsWith(":camera-records", body.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Single(silo.Recorders());
    }

    private static int Number(JsonElement measured, string name) => measured.GetProperty("picture").GetProperty(name).GetInt32();

    // The ends of what was done to the camera, as the officer reads it.
    private static async Task<List<string?>> Trail(SiloProcess silo)
    {
        using var officer = await silo.SignIn("demo-officer");
        var (_, body) = await officer.Ask(HttpMethod.Get, "/trail?count=1000");
        return [.. body.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("deed").GetString() == "camera/measure").Select(entry => entry.GetProperty("result").GetString()).Where(result => result != "opened")];
    }
}
