using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Silo.Vault;
using RecordingCluster.Tests.Storage;

namespace RecordingCluster.Tests.Identity;

/// <summary>What a session opens as time passes and people change: the real cookie over HTTP, with a clock of its own.</summary>
public sealed class SessionRouteTests : IAsyncLifetime
{
    private static readonly Person Secretary = new() { Subject = "demo-secretary", Label = "gemeentesecretaris-1", Roles = Roles.Secretary, Stamp = "stamp", MadeAt = default };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly StorageFolder storage = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private WebApplication app = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(storage.Open());
        builder.Services.AddSingleton<DatabasePresence>();
        builder.Services.AddSingleton(new VaultOptions(storage.Root, Path.Combine(storage.Root, "keys")));
        builder.Services.AddRouteRules();

        // A trail that cannot be written changes no refusal.
        builder.Services.AddSingleton(new RefusalTrail((_, _, _, _) => throw new TimeoutException(), new SitePlan(new SiteId("town-hall"), []), clock, NullLogger<RefusalTrail>.Instance));
        builder.Services.AddAntiforgery();
        builder.Services.AddPeople(new NetworkOptions(), "silo");
        builder.Services.AddSingleton(new BrokenSeals(null!, NullLogger<BrokenSeals>.Instance));
        foreach (var part in builder.Services.Where(service => service.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && service.ImplementationFactory?.Method.DeclaringType?.FullName?.Contains("PeopleHost", StringComparison.Ordinal) == true).ToList())
        {
            builder.Services.Remove(part); // it writes into the trail, which has no grain here
        }

        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/plain", (HttpContext context) => context.User.ToCaller().ToString()).AllowTo(RoleRules.OfPeople);
        app.MapGet("/fresh", () => "fresh").RequireFreshSignIn();
        app.MapGet("/fresh-operator", () => "fresh").AllowTo(Roles.Operator).RequireFreshSignIn();
        app.MapPost("/begin", async (HttpContext context, PeopleBook book) => await context.SignIn((await book.Find(Secretary.Subject))!)).AllowAnonymous();
        app.MapPost("/end", (HttpContext context) => context.SignOut()).AllowTo(RoleRules.OfPeople);
        await app.StartAsync(Cancel);
        http = Browser();
        await Change(book => book.Save(Secretary));
        await http.PostAsync("/begin", null, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        storage.Dispose();
    }

    [Fact]
    public async Task A_session_is_fresh_for_five_minutes_and_then_hears_how_to_become_so()
    {
        var fresh = await http.GetAsync("/fresh", Cancel);
        clock.Advance(TimeSpan.FromMinutes(5));
        var stale = await http.GetAsync("/fresh", Cancel);
        var plain = await http.GetAsync("/plain", Cancel);
        var withoutRole = await http.GetAsync("/fresh-operator", Cancel);
        await http.PostAsync("/begin", null, Cancel);
        var again = await http.GetAsync("/fresh", Cancel);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (fresh.StatusCode, plain.StatusCode, again.StatusCode));
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (stale.StatusCode, stale.Content.Headers.ContentType?.MediaType));
        Assert.Equal(FreshSignIn.ProblemType, (await stale.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, withoutRole.StatusCode);
    }

    [Fact]
    public async Task It_ends_when_idle()
    {
        clock.Advance(Sessions.LongestIdle);

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/plain", Cancel)).StatusCode);
    }

    [Fact]
    public async Task It_ends_after_eight_hours_however_busy()
    {
        var answers = new List<HttpStatusCode>();
        for (var minutes = 0; minutes <= 8 * 60; minutes += 10)
        {
            answers.Add((await http.GetAsync("/plain", Cancel)).StatusCode);
            clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.All(answers[..^1], status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.Unauthorized, answers[^1]);
    }

    [Fact]
    public async Task Roles_are_those_of_the_row_at_each_request()
    {
        var before = await http.GetStringAsync("/plain", Cancel);
        await Change(async book =>
        {
            var person = (await book.Find(Secretary.Subject))!;
            person.Roles |= Roles.Official;
            await book.Save(person);
        });

        Assert.Equal(("demo-secretary (Secretary)", "demo-secretary (Official, Secretary)"), (before, await http.GetStringAsync("/plain", Cancel)));
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("another stamp")]
    [InlineData("changed in the database")]
    [InlineData("deleted from the database")]
    public async Task It_ends_at_the_next_request_when_the_person_is(string how)
    {
        await Change(async book =>
        {
            var person = (await book.Find(Secretary.Subject))!;
            person.Active = how != "deactivated";
            person.Stamp = how == "another stamp" ? "other" : person.Stamp;
            await book.Save(person);
        });
        storage.Look(how switch
        {
            "changed in the database" => "UPDATE people SET roles = 64",
            "deleted from the database" => "DELETE FROM people",
            _ => "SELECT 1",
        });

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/plain", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_sign_out_or_after_another_sign_in()
    {
        using var mine = Browser(cookies: false);
        var first = await Begin(mine, null);
        var second = await Begin(mine, first);
        var afterSecond = await Status(mine, first);
        var whileOpen = await Status(mine, second);
        using var end = new HttpRequestMessage(HttpMethod.Post, "/end") { Headers = { { "Cookie", second } } };
        await mine.SendAsync(end, Cancel);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (afterSecond, whileOpen, await Status(mine, second)));
    }

    private static async Task<string> Begin(HttpClient mine, string? cookie)
    {
        using var begin = new HttpRequestMessage(HttpMethod.Post, "/begin");
        if (cookie is not null)
        {
            begin.Headers.Add("Cookie", cookie);
        }

        using var answer = await mine.SendAsync(begin, Cancel);
        var set = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("path=/;", set, StringComparison.Ordinal);
        return set.Split(';')[0];
    }

    private static async Task<HttpStatusCode> Status(HttpClient mine, string cookie)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/plain") { Headers = { { "Cookie", cookie } } };
        return (await mine.SendAsync(ask, Cancel)).StatusCode;
    }

    private HttpClient Browser(bool cookies = true) => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = cookies }) { BaseAddress = new Uri(app.Urls.Single()) };

    private async Task Change(Func<PeopleBook, Task> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<PeopleBook>());
    }
}
