using Orleans.Dashboard;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Portal;

/// <summary>Orleans' dashboard, for operators; without grain state, which could tell what nobody else may know, and without the log.</summary>
internal static class DashboardRoutes
{
    public const string Path = "/dashboard";

    private static readonly string[] Closed = ["/GrainState", "/Trace"];
    private static readonly string[] OfOneSilo = ["/Silo", "/HistoricalStats"];

    public static void MapDashboard(this WebApplication app) =>
        app.MapOrleansDashboard(routePrefix: Path).AllowTo(Roles.Operator).AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var page = http.Request.Path.Value![Path.Length..];
            if (Begins(page, Closed) || (Begins(page, OfOneSilo) && !IsKnownSilo(http)))
            {
                return Problem.NotFound;
            }

            using var _ = http.CallAsUser();
            return await next(context);
        });

    private static bool Begins(string page, string[] names) => names.Any(name => page.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    // The dashboard fails on an address that is none, and waits for a silo that is not there. Without an address, all are meant.
    private static bool IsKnownSilo(HttpContext http) =>
        (http.GetRouteValue("address") ?? http.GetRouteValue("path")) is not string address
        || http.RequestServices.GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses().Keys.Any(silo => silo.ToParsableString() == address);
}
