using System.Globalization;
using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Silo.Portal.Texts;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>
/// Health as JSON: which parts are well, for everybody, since what watches a cluster signs in nowhere. What is wrong and what to do, in the words of
/// the operator's page, is for operators and for who asks on the silo's own machine: a camera with a gap is one that records just now.
/// </summary>
internal static class HealthAnswer
{
    public static Task Write(HttpContext context, HealthReport report)
    {
        // Programs and night shifts read English, whatever the browser of the one who asks speaks.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
        var text = context.RequestServices.GetRequiredService<IStringLocalizer<PortalText>>();
        var isTold = (context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)) || (context.User.Identity?.IsAuthenticated == true && context.User.ToCaller().Has(Roles.Operator));
        return context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.Select(entry => new { name = entry.Key, status = entry.Value.Status.ToString(), say = isTold ? HealthText.Remedy(entry.Value, text) : null }).ToArray(),
        });
    }
}
