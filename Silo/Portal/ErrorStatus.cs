using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Away;

namespace RecordingCluster.Silo.Portal;

/// <summary>From a broken promise to what HTTP says of it. The one place where that is decided.</summary>
internal sealed partial class ErrorStatus(DatabasePresence database, ILogger<ErrorStatus> log) : IExceptionHandler
{
    // The longest way into a body that is worth telling; what comes after was made up to be told.
    private const int LongestField = 60;

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidInput => StatusCodes.Status400BadRequest,
        ErrorKind.Denied => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            return true; // nobody is left to tell
        }

        await ProblemOf(exception, httpContext).ExecuteAsync(httpContext);
        return true;
    }

    private Problem ProblemOf(Exception fault, HttpContext http)
    {
        switch (fault)
        {
            case not DatabaseAwayException when DatabaseFault.IsIn(fault):
                database.IsGone();
                return Problem.Of(new DatabaseAwayException());
            case TimeoutException or OrleansException when database.IsAway: // a grain that is not in memory, and cannot be read
                return Problem.Of(new DatabaseAwayException());
            case RecordingClusterException { Kind: not ErrorKind.DataLoss } ours:
                return Problem.Of(ours);
            case BadHttpRequestException { InnerException: JsonException malformed }:
                return Problem.OfStatus(StatusCodes.Status400BadRequest, Say(malformed));
            case BadHttpRequestException bad:
                return Problem.OfStatus(bad.StatusCode);
            case TimeoutException or OrleansException:
                LogUnavailable(http.Request.Method, Route(http), fault);
                return Problem.OfStatus(StatusCodes.Status503ServiceUnavailable);
            default:
                LogFailed(http.Request.Method, Route(http), fault);
                return Problem.OfStatus(StatusCodes.Status500InternalServerError);
        }
    }

    // The parser's own words name types of this program; where it stumbled is what the caller needs.
    private static string Say(JsonException fault)
    {
        var field = (fault.Path ?? "$").TrimStart('$', '.');
        field = field.Length == 0 ? "body" : field[..Math.Min(field.Length, LongestField)];
        return fault.InnerException is null && fault.Message.StartsWith("must ", StringComparison.Ordinal)
            ? $"{field}: {fault.Message.Split(" Path: ")[0]}"
            : $"{field}: is missing, not known, or of another kind than this route takes. Compare it with what the route takes.";
    }

    // What was asked for, without what was put into it.
    private static string Route(HttpContext http) =>
        (http.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint ?? http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no route";

    [LoggerMessage(5031, LogLevel.Error, "{Method} {Route} failed")]
    private partial void LogFailed(string method, string route, Exception fault);

    [LoggerMessage(5032, LogLevel.Warning, "{Method} {Route} found a part of the cluster not answering")]
    private partial void LogUnavailable(string method, string route, Exception fault);
}
