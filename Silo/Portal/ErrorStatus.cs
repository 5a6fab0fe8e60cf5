using Microsoft.AspNetCore.Diagnostics;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Portal;

/// <summary>From a broken promise to what HTTP says of it. The one place where that is decided.</summary>
internal sealed class ErrorStatus : IExceptionHandler
{
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
        if (exception is not RecordingClusterException ours)
        {
            return false;
        }

        await Results.Problem(ours.Message, statusCode: Of(ours.Kind), title: ours.Kind.ToString()).ExecuteAsync(httpContext);
        return true;
    }
}
