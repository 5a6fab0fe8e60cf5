using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RecordingCluster.Silo.Hosting;

namespace RecordingCluster.Silo.Portal.Edge;

/// <summary>Everything that stands between the network and a route: limits, rates, headers, cookies, antiforgery, errors.</summary>
internal static class Edge
{
    // A form here has a handful of fields.
    private const int MostFormFields = 64;

    public static ExceptionHandlerOptions Exceptions => new()
    {
        // Reached only when ErrorStatus could not answer.
        ExceptionHandler = http => Problem.OfStatus(StatusCodes.Status500InternalServerError).ExecuteAsync(http),
        AllowStatusCode404Response = true,
    };

    public static void AddEdge(this IServiceCollection services, NetworkOptions network)
    {
        services.Configure<KestrelServerOptions>(ServerLimits.Apply);
        services.Configure<FormOptions>(form => (form.ValueCountLimit, form.BufferBodyLengthLimit) = (MostFormFields, ServerLimits.MostBodyBytes));
        services.AddRateLimiter(RequestRates.Apply);
        services.AddEdgeHeaders(network.PortalName);
        services.AddEdgeCookies();
        services.AddExceptionHandler<ErrorStatus>();
        services.ConfigureHttpJsonOptions(json => PortalJson.Configure(json.SerializerOptions));

        // Input that cannot be read is answered by ErrorStatus too, and not by a bare status.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }
}
