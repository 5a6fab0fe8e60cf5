using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Away;

namespace RecordingCluster.Silo.Portal.Edge;

/// <summary>A route or page that is open while the database is away, too. All others are refused meanwhile, before anything waits for it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WhileAwayAttribute : Attribute;

internal static class DatabaseAwayCheck
{
    public static TBuilder WhileAway<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new WhileAwayAttribute());

    public static Task Check(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<WhileAwayAttribute>() is null && http.RequestServices.GetRequiredService<DatabasePresence>().IsAway
            ? Problem.Of(new DatabaseAwayException()).ExecuteAsync(http)
            : next(http);
}
