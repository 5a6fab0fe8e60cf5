using System.Security.Claims;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Portal;

/// <summary>From the person signed in to the caller of a grain.</summary>
internal static class UserCaller
{
    /// <summary>The grain calls of this request are made in the name of the person signed in, until disposed.</summary>
    public static IDisposable CallAsUser(this HttpContext http) =>
        CallerContext.Use(http.RequestServices.GetRequiredService<CallerSigner>().TokenFor(http.User.ToCaller()));

    public static Caller ToCaller(this ClaimsPrincipal user) => new(
        user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "nobody",
        user.FindAll(ClaimTypes.Role).Aggregate(Roles.None, (all, claim) => all | (Enum.TryParse<Roles>(claim.Value, out var role) ? role & ~Roles.Silo : Roles.None)));

    public static ClaimsPrincipal ToPrincipal(this Caller caller, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, caller.Subject),
            .. Enum.GetValues<Roles>().Where(role => role != Roles.None && caller.Has(role)).Select(role => new Claim(ClaimTypes.Role, role.ToString())),
        ],
        scheme));
}
