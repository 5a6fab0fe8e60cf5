using Microsoft.AspNetCore.Antiforgery;

namespace RecordingCluster.Silo.Portal.Edge;

/// <summary>Every change shows that a page of this portal asked for it: forms by their field, programs by a header.</summary>
internal sealed class AntiforgeryCheck(RequestDelegate next, IAntiforgery antiforgery, RefusalTrail trail)
{
    public const string Header = "X-CSRF-TOKEN";

    /// <summary>Where a program gets its token. It is bound to who is signed in: after signing in, a new one is needed.</summary>
    public const string TokenPath = "/antiforgery";

    public async Task Invoke(HttpContext http)
    {
        if (IsChange(http.Request.Method) && !await Shows(http))
        {
            var problem = new Problem(StatusCodes.Status400BadRequest, "antiforgery", "The request does not show that a page of this portal asked for it.", new
            {
                detail = $"Get a token from {TokenPath} after signing in, and send it as {Header}.",
            });
            await trail.Answer(http, RefusalTrail.NotOfThePortal, problem);
            return;
        }

        await next(http);
    }

    public static object Give(HttpContext http, IAntiforgery antiforgery) => new { token = antiforgery.GetAndStoreTokens(http).RequestToken };

    private static bool IsChange(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));

    private async Task<bool> Shows(HttpContext http)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (AntiforgeryValidationException fault)
        {
            // A form that could not be read; when it was too large or too slow, that is what must be told.
            return fault.InnerException is BadHttpRequestException bad ? throw bad : false;
        }
    }
}
