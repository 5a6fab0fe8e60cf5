using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RecordingCluster.Tests.Portal;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Health;

/// <summary>What a Prometheus on the silo's machine fetches, and that alert rules and dashboard ask for nothing that is not there.</summary>
[Collection(PortalCollection.Name)]
public sealed partial class MetricsTests(PortalSilo silo)
{
    // Checks are published for the first time 5 s after the start.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private static readonly HttpClient Http = new();

    [Theory]
    [InlineData("alerts.yml")]
    [InlineData("grafana-dashboard.json")]
    public async Task Every_metric_that_is_asked_for_is_there(string file)
    {
        var asked = MetricName().Matches(await File.ReadAllTextAsync(Path.Combine(Deploy(), file), TestContext.Current.CancellationToken))
            .Select(match => match.Value).ToHashSet();
        var there = new HashSet<string>();

        await SiloProcess.Until(
            async () => asked.IsSubsetOf(there = [.. MetricName().Matches(await Metrics()).Select(match => match.Value)]),
            Soon,
            () => $"Not there: {string.Join(", ", asked.Except(there))}.");

        Assert.Contains("recording_health", asked);
    }

    [Fact]
    public async Task At_the_port_for_metrics_there_is_nothing_else_and_at_the_portals_there_are_none()
    {
        using var portal = await silo.SignIn("demo-operator");

        var other = await Http.GetAsync(new Uri(silo.Scraping, "/rooms"), TestContext.Current.CancellationToken);
        var health = await Http.GetAsync(new Uri(silo.Scraping, "/health/ready"), TestContext.Current.CancellationToken);
        using var metrics = await portal.Send(HttpMethod.Get, "/metrics");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (other.StatusCode, health.StatusCode, metrics.StatusCode));
    }

    private Task<string> Metrics() => Http.GetStringAsync(new Uri(silo.Scraping, "/metrics"), TestContext.Current.CancellationToken);

    private static string Deploy([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "Silo", "Deploy");

    [GeneratedRegex("recording_[a-z_]+")]
    private static partial Regex MetricName();
}
