using Microsoft.AspNetCore.HostFiltering;

namespace RecordingCluster.Silo.Portal.Edge;

/// <summary>What every answer says to the browser: nothing from outside, no frames, no guessing, nothing kept (R20).</summary>
internal static class EdgeHeaders
{
    private const string Dashboard = "dashboard";

    private static readonly TimeSpan HttpsOnly = TimeSpan.FromDays(365);

    // A browser that was told so of "localhost" would ask all that runs on its machine for HTTPS.
    private static readonly string[] OfThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    private static readonly string[] Closed =
    [
        "accelerometer", "autoplay", "bluetooth", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection",
        "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb", "web-share",
        "window-management", "xr-spatial-tracking",
    ];

    // Of this site alone: sign-in by passkey, and a player that fills the screen.
    private static readonly string[] Own = ["fullscreen", "publickey-credentials-create", "publickey-credentials-get"];

    public static void AddEdgeHeaders(this IServiceCollection services, string portalName)
    {
        services.AddSecurityHeaderPolicies()
            .SetDefaultPolicy(headers => Common(headers).AddContentSecurityPolicy(csp =>
            {
                Base(csp);
                csp.AddStyleSrc().Self();
                csp.AddMediaSrc().Self().Blob();
            }))
            .AddPolicy(Dashboard, headers => Common(headers).AddContentSecurityPolicy(csp =>
            {
                Base(csp);

                // Seen in a browser: its scripts are files and need no exception, but the diagram of lifecycle stages comes
                // with a style element that is made as it is drawn, so that neither hash nor nonce can name it.
                csp.AddStyleSrc().Self().UnsafeInline();
            }))
            .SetPolicySelector(context => context.HttpContext.Request.Path.StartsWithSegments(DashboardRoutes.Path) ? context.ConfiguredPolicies[Dashboard] : context.SelectedPolicy);
        services.Configure<HostFilteringOptions>(hosts =>
        {
            hosts.AllowedHosts = [portalName, .. OfThisMachine];
            hosts.AllowEmptyHosts = false;
            hosts.IncludeFailureMessage = false;
        });

        // The framework puts its check of the Host header before all else; its refusals too get headers and words.
        services.Insert(0, ServiceDescriptor.Transient<IStartupFilter, Outermost>());
    }

    private static HeaderPolicyCollection Common(HeaderPolicyCollection headers) => headers
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddStrictTransportSecurity((int)HttpsOnly.TotalSeconds, includeSubdomains: false, preload: false, OfThisMachine)
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddPermissionsPolicy(policy =>
        {
            foreach (var feature in Closed)
            {
                policy.AddCustomFeature(feature, "()");
            }

            foreach (var feature in Own)
            {
                policy.AddCustomFeature(feature, "(self)");
            }
        })
        .RemoveServerHeader();

    private static void Base(CspBuilder csp)
    {
        csp.AddDefaultSrc().None();
        csp.AddScriptSrc().Self();
        csp.AddImgSrc().Self().Data();
        csp.AddFontSrc().Self().Data();
        csp.AddConnectSrc().Self();
        csp.AddFormAction().Self();
        csp.AddBaseUri().None();
        csp.AddFrameAncestors().None();
    }

    /// <summary>Nothing that is served is kept by a browser or by anything in between, but the files that are the same for all.</summary>
    public static Task NeverStored(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.Remove("Pragma");
            http.Response.Headers.Remove("Expires");
            return Task.CompletedTask;
        });
        return next(http);
    }

    private sealed class Outermost : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseSecurityHeaders();
            app.UseStatusCodePages(context => Problem.OfStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
            next(app);
        };
    }
}
