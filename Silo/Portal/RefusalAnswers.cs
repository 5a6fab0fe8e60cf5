using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Portal;

/// <summary>What somebody hears who may not: nobody known is 401, or led to sign-in when it is a page that was asked for; a wrong role is 403.</summary>
internal sealed class RefusalAnswers : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
        }
        else if (authorizeResult.Forbidden)
        {
            await (FreshSignIn.IsAllThatIsMissing(authorizeResult) ? FreshSignIn.Answer : Problem.OfStatus(StatusCodes.Status403Forbidden)).ExecuteAsync(context);
        }
        else if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect($"{PeopleRoutes.SignInPath}?ReturnUrl={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        }
        else
        {
            await Problem.OfStatus(StatusCodes.Status401Unauthorized).ExecuteAsync(context);
        }
    }
}
