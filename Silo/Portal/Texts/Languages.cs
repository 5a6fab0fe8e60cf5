using System.Globalization;
using Microsoft.AspNetCore.Localization;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Silo.Portal.Edge;

namespace RecordingCluster.Silo.Portal.Texts;

/// <summary>The portal's languages: Dutch, and English for who chooses it.</summary>
internal static class Languages
{
    private const string Dutch = "nl-NL", English = "en-GB";

    // As long as a browser keeps a cookie without being asked anew.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>In which this page is shown.</summary>
    public static Language Shown => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? Language.English : Language.Dutch;

    private static readonly string CookieName = EdgeCookies.ForHost("language");

    public static void AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Dutch).AddSupportedCultures(Dutch, English).AddSupportedUICultures(Dutch, English);
            options.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = CookieName }];
        });
    }

    /// <summary>A choice of language is a link: it is kept by the browser alone, and nothing in the cluster changes.</summary>
    public static void MapLanguages(this IEndpointRouteBuilder app) => app.MapGet("/language/{language}", Choose).AllowAnonymous();

    /// <summary>For what is said before the request's own language is known, or after it is forgotten.</summary>
    public static void Speak(HttpContext http)
    {
        var chosen = http.Request.Cookies[CookieName] is { } cookie ? CookieRequestCultureProvider.ParseCookieValue(cookie)?.UICultures[0].Value : null;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(chosen == English ? English : Dutch);
    }

    private static IResult Choose(string language, string? back, HttpContext http, TimeProvider clock)
    {
        var culture = new RequestCulture(language == "en" ? English : Dutch);
        http.Response.Cookies.Append(CookieName, CookieRequestCultureProvider.MakeCookieValue(culture), EdgeCookies.OnPath("/", clock.GetUtcNow() + Kept));

        // Only a path of this portal is gone back to; one that begins with // would be another host's.
        return Results.Redirect(back is ['/', not ('/' or '\\'), ..] && Uri.IsWellFormedUriString(back, UriKind.Relative) ? back : "/");
    }
}
