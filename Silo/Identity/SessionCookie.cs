using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Away;
using RecordingCluster.Silo.Portal;

namespace RecordingCluster.Silo.Identity;

/// <summary>From a session to the cookie, and from the cookie to the person as the sealed row says now.</summary>
internal static class SessionCookie
{
    /// <summary>When the passkey was shown, in seconds since 1970 (the name is OpenID's).</summary>
    public const string AuthTime = "auth_time";

    private const string SessionId = "sid";

    /// <summary>Signs a person in: a new session, whatever session this browser had before.</summary>
    public static Task SignIn(this HttpContext http, Person person)
    {
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        if (http.User.FindFirstValue(SessionId) is { } earlier)
        {
            sessions.End(earlier);
        }

        var session = sessions.Begin(person.Subject, person.Stamp);
        var named = new ClaimsPrincipal(new ClaimsIdentity([new Claim(SessionId, session.Id)], IdentityConstants.ApplicationScheme));
        return http.SignInAsync(IdentityConstants.ApplicationScheme, named);
    }

    public static Task SignOut(this HttpContext http)
    {
        if (http.User.FindFirstValue(SessionId) is { } id)
        {
            http.RequestServices.GetRequiredService<Sessions>().End(id);
        }

        return http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    public static bool IsFresh(this HttpContext http) =>
        http.User.FindFirstValue(SessionId) is { } id && http.RequestServices.GetRequiredService<Sessions>().IsFresh(id);

    /// <summary>At each request: is the session open, is the row what the silo wrote, is the stamp the same? One read of one row.</summary>
    public static async Task Check(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        if (context.Principal?.FindFirstValue(SessionId) is { } id && sessions.Use(id) is { } session)
        {
            if (await Find(http, session) is { } person)
            {
                sessions.Saw(id, person);
                context.ReplacePrincipal(PrincipalOf(person, session));
                return;
            }

            sessions.End(id);
        }

        context.RejectPrincipal();
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    // While the database is away nobody's role can change, and who was signed in stays who they were: an official can stop a talk.
    // Nothing else is open meanwhile (DatabaseAwayCheck), and nothing can be looked at.
    private static async Task<Caller?> Find(HttpContext http, Session session)
    {
        var database = http.RequestServices.GetRequiredService<DatabasePresence>();
        try
        {
            return database.IsAway ? session.Person ?? throw new DatabaseAwayException()
                : await http.RequestServices.GetRequiredService<PeopleBook>().Find(session.Subject) is { Active: true } person && person.Stamp == session.Stamp ? new Caller(person.Subject, person.Roles)
                : null;
        }
        catch (Exception fault) when (DatabaseFault.IsIn(fault))
        {
            database.IsGone();
            return session.Person ?? throw new DatabaseAwayException();
        }
    }

    // Roles are read here and nowhere else: none travels in the cookie.
    private static ClaimsPrincipal PrincipalOf(Caller person, Session session)
    {
        var principal = person.ToPrincipal(IdentityConstants.ApplicationScheme);
        ((ClaimsIdentity)principal.Identity!).AddClaims(
        [
            new Claim(SessionId, session.Id),
            new Claim(AuthTime, session.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
        ]);
        return principal;
    }
}
