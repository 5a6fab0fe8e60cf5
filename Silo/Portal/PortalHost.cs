using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.FileProviders;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Silo.Portal.Edge;
using RecordingCluster.Silo.Portal.Endpoints;
using RecordingCluster.Silo.Portal.Pages;

namespace RecordingCluster.Silo.Portal;

/// <summary>The web portal: who one is, what one may open, and the pages.</summary>
internal static class PortalHost
{
    public const string SignInPath = "/sign-in";

    public static void AddPortal(this IServiceCollection services, DemoOptions demo, NetworkOptions network)
    {
        // Sign-in does not outlive the process: no key of it is on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "portal";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.LoginPath = SignInPath;
            cookie.AccessDeniedPath = SignInPath;
            cookie.Events.OnRedirectToLogin = Redirect(StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = Redirect(StatusCodes.Status403Forbidden);
        });

        services.AddRouteRules();
        services.AddEdge(network);
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton<ViewingSource>();
        services.AddSingleton<FragmentConverter>();
        services.AddSingleton(demo);
    }

    public static void UsePortal(this WebApplication app)
    {
        app.UseExceptionHandler(Edge.Edge.Exceptions);
        app.Use(AddressCheck.Plain);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot")),

            // The same for everybody; asked about each time, since a name stays while its content may change.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        app.Use(EdgeHeaders.NeverStored);
        app.UseRouting();
        app.Use(AddressCheck.Routed);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<AntiforgeryCheck>();
        app.UseAntiforgery();
    }

    public static void MapPortal(this WebApplication app, DemoOptions demo)
    {
        app.MapRazorComponents<App>();
        app.MapGet(AntiforgeryCheck.TokenPath, AntiforgeryCheck.Give).AllowAnonymous();
        if (demo.SignIn)
        {
            app.MapPost("/demo/sign-in/{subject}", SignIn).AllowAnonymous().RequireRateLimiting(RequestRates.SignIn);
        }

        app.MapPost("/sign-out", async (HttpContext http) =>
        {
            await http.SignOutAsync();
            return Results.LocalRedirect(SignInPath);
        }).AllowTo(RouteRuleAttribute.People);
        app.MapRooms();
        app.MapBookings();
        app.MapRecordings();
        app.MapAccessRequests();
        app.MapTrail();
    }

    private static async Task<IResult> SignIn(string subject, HttpContext http)
    {
        if (DemoPeople.Find(subject) is not { } person)
        {
            return Results.NotFound();
        }

        await http.SignInAsync(person.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        return Results.LocalRedirect("/");
    }

    // A page leads to sign-in; anything else hears the status, so that a player or a program knows.
    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> Redirect(int status) => context =>
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
