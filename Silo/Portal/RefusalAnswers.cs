using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Portal;

/// <summary>What somebody hears who may not: nobody known is 401, or led to sign-in when it is a page that was asked for; a wrong role is 403.</summary>
/// <remarks>Being led to sign-in leaves no line in the trail: it is how every day begins, and whoever may not is refused when it is known who it is.</remarks>
internal sealed class RefusalAnswers(RefusalTrail trail) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
        }
        else if (authorizeResult.Forbidden)
        {
            await (FreshSignIn.IsAllThatIsMissing(authorizeResult)
                ? trail.Answer(context, RefusalTrail.NotFresh, FreshSignIn.Answer)
                : trail.Answer(context, RefusalTrail.NotAllowed, Problem.OfStatus(StatusCodes.Status403Forbidden)));
        }
        else if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect($"{PeopleRoutes.SignInPath}?ReturnUrl={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        }
        else
        {
            await trail.Answer(context, RefusalTrail.NotSignedIn, Problem.OfStatus(StatusCodes.Status401Unauthorized));
        }
    }
}
