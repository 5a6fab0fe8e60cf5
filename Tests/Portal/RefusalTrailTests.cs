using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Portal;

namespace RecordingCluster.Tests.Portal;

/// <summary>The line of a refusal, alone: what enters it, and what becomes of the answer when it cannot be written.</summary>
public sealed class RefusalTrailTests
{
    private static readonly SitePlan Plan = new(new SiteId("town-hall"), [new PlannedRoom(new RoomId("room-1"), null)]);

    private readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData("/rooms/{room}", "room", "room-1", "room/room-1")]
    [InlineData("/rooms/{room}", "room", "jan-jansen", "portal")]
    [InlineData("/recordings/{recording}", "recording", "rec_019ab2c4d5e67f8091a2b3c4d5e6f708", "recording/019ab2c4d5e67f8091a2b3c4d5e6f708")]
    [InlineData("/recordings/{recording}", "recording", "123456782", "portal")]
    [InlineData("/access-requests/{request}", "request", "jan@example.org", "portal")]
    [InlineData("/demo/sign-in/{subject}", "subject", "jan-jansen", "portal")]
    public async Task It_holds_the_pattern_and_ids_of_ours_and_nothing_that_a_caller_typed(string pattern, string name, string typed, string subject)
    {
        var lines = new List<string>();
        var http = Request(pattern);
        http.Request.RouteValues[name] = typed;
        http.Request.Method = "BREW";
        http.Request.QueryString = new QueryString("?for=jan");

        await Trail((actor, deed, about, facts) => Keep(lines, $"{actor} | {deed} | {about} | {facts}")).Answer(http, "why", Problem.OfStatus(401));

        Assert.Equal($"nobody | ANY {pattern} | {subject} | {{ reason = why }}", Assert.Single(lines));
    }

    [Fact]
    public async Task A_trail_that_fails_or_never_answers_leaves_the_refusal_as_it_is()
    {
        var (failing, hanging) = (Request("/trail"), Request("/trail"));

        await Trail((_, _, _, _) => Task.FromException(new TimeoutException())).Answer(failing, "why", Problem.OfStatus(403));
        var answer = Trail((_, _, _, _) => new TaskCompletionSource().Task).Answer(hanging, "why", Problem.OfStatus(403));
        var waits = !answer.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(5));
        await answer;

        Assert.True(waits);
        Assert.Equal((403, 403), (failing.Response.StatusCode, hanging.Response.StatusCode));
    }

    private static Task Keep(List<string> lines, string line)
    {
        lines.Add(line);
        return Task.CompletedTask;
    }

    private static DefaultHttpContext Request(string pattern)
    {
        var http = new DefaultHttpContext();
        http.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(pattern), 0, new EndpointMetadataCollection(new HttpMethodMetadata(["GET"])), null));
        return http;
    }

    private RefusalTrail Trail(Func<string, string, string, object, Task> write) => new(write, Plan, clock, NullLogger<RefusalTrail>.Instance);
}
