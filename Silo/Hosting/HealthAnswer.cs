namespace RecordingCluster.Silo.Hosting;

/// <summary>Health as JSON: what is wrong, and what to do.</summary>
internal static class HealthAnswer
{
    public static Task Write(HttpContext context, Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport report) =>
        context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.Select(entry => new { name = entry.Key, status = entry.Value.Status.ToString(), say = entry.Value.Description }),
        });
}
