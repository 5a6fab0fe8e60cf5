using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace RecordingCluster.Silo.Portal.Edge;

/// <summary>Each thing has one address, in one spelling. What dresses an address up is not found.</summary>
/// <remarks>
/// What stands before or behind this portal may read a dressed-up address differently from it, and a rule that one of them
/// keeps for the one spelling would not be kept for the other.
/// </remarks>
internal static class AddressCheck
{
    // An encoded slash, backslash, dot, NUL or percent sign has no place in any address here.
    private static readonly string[] Tricks = ["//", "\\", "%2f", "%5c", "%2e", "%00", "%25"];

    /// <summary>Before routing, on the address as it came.</summary>
    public static Task Plain(HttpContext http, RequestDelegate next)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?', 2)[0];
        return Tricks.Any(trick => path.Contains(trick, StringComparison.OrdinalIgnoreCase)) || path.Split('/').Any(segment => segment.EndsWith('.'))
            ? Problem.NotFound.ExecuteAsync(http)
            : next(http);
    }

    /// <summary>After routing: routing takes any case, and no address here differs from another by it.</summary>
    public static Task Routed(HttpContext http, RequestDelegate next) => http.GetEndpoint() switch
    {
        null => Problem.NotFound.ExecuteAsync(http),
        RouteEndpoint route => IsSpelled(route.RoutePattern, http.Request.Path) ? next(http) : Problem.NotFound.ExecuteAsync(http),

        // Routing's own answer: the address is known, and takes another method or another kind of body.
        { RequestDelegate: { } answer } => answer(http),
        _ => Problem.NotFound.ExecuteAsync(http),
    };

    private static bool IsSpelled(RoutePattern pattern, PathString path)
    {
        var segments = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return pattern.PathSegments.Zip(segments).All(pair =>
            pair.First.Parts is not [RoutePatternLiteralPart literal] || literal.Content == pair.Second);
    }
}
