using Microsoft.AspNetCore.Authentication.Cookies;

namespace RecordingCluster.Silo.Portal.Edge;

/// <summary>The one place that says how cookies are: of this site alone, out of reach of scripts, and never over a plain connection.</summary>
internal static class EdgeCookies
{
    /// <summary>The name of a cookie for all of the portal. A browser takes <c>__Host-</c> from this very host, over TLS, alone.</summary>
    public static string ForHost(string name) => $"__Host-{name}";

    /// <summary>The name of a cookie for one path.</summary>
    public static string ForPath(string name) => $"__Secure-{name}";

    /// <summary>A cookie that lives on one path until a moment.</summary>
    public static CookieOptions OnPath(string path, DateTimeOffset until) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = true,
        Path = path,
        Expires = until,
        IsEssential = true,
    };

    /// <summary>Whatever signs in by a cookie signs in by such a one.</summary>
    public static void AddEdgeCookies(this IServiceCollection services)
    {
        services.PostConfigureAll<CookieAuthenticationOptions>(options =>
        {
            if (options.Cookie.Name is { } name && !name.StartsWith("__", StringComparison.Ordinal))
            {
                options.Cookie.Name = ForHost(name);
            }

            Harden(options.Cookie);
        });
        services.AddAntiforgery(options =>
        {
            options.HeaderName = AntiforgeryCheck.Header;
            options.Cookie.Name = ForHost("antiforgery");
            options.SuppressXFrameOptionsHeader = true; // the headers of all answers say it
            Harden(options.Cookie);
        });
    }

    private static void Harden(CookieBuilder cookie)
    {
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Strict;
        cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.Path = "/";
        cookie.Domain = null;
    }
}
