using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace RecordingCluster.Silo.Identity;

/// <summary>A page leads to sign-in; anything else hears the status, so that a player or a program knows.</summary>
internal static class SignInRedirect
{
    public static Func<RedirectContext<CookieAuthenticationOptions>, Task> With(int status) => context =>
    {
        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    };
}
