using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Localization;
using RecordingCluster.Silo.Portal.Texts;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Health as JSON: what is wrong, and what to do, in the words of the operator's page.</summary>
internal static class HealthAnswer
{
    public static Task Write(HttpContext context, HealthReport report)
    {
        // Programs and night shifts read English, whatever the browser of the one who asks speaks.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
        var text = context.RequestServices.GetRequiredService<IStringLocalizer<PortalText>>();
        return context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.Select(entry => new { name = entry.Key, status = entry.Value.Status.ToString(), say = HealthText.Remedy(entry.Value, text) }).ToArray(),
        });
    }
}
