using Microsoft.Extensions.FileProviders;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Silo.Portal.Edge;
using RecordingCluster.Silo.Portal.Endpoints;
using RecordingCluster.Silo.Portal.Pages;
using RecordingCluster.Silo.Portal.Texts;
using RecordingCluster.Silo.Trail;

namespace RecordingCluster.Silo.Portal;

/// <summary>The web portal: who one is, what one may open, and the pages.</summary>
internal static class PortalHost
{
    public static void AddPortal(this IServiceCollection services, DemoOptions demo, NetworkOptions network)
    {
        services.AddRouteRules();
        services.AddSingleton(provider => RefusalTrail.Into(
            provider.GetRequiredService<PeopleTrail>(), provider.GetRequiredService<SitePlan>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RefusalTrail>>()));
        services.AddEdge(network);
        services.AddRazorComponents();
        services.AddLanguages();
        services.AddHttpContextAccessor();
        services.AddSingleton<ViewingSource>();
        services.AddSingleton<ViewingDesk>();
        services.AddSingleton<PartTickets>();
        services.AddSingleton<IPartDesk, PartDesk>();
        services.AddSingleton<FragmentConverter>();
        services.AddSingleton<FragmentDesk>();
        services.AddSingleton<TrailDesk>();
        services.AddSingleton<ClusterHealth>();
        services.AddSingleton<ChainChecks>();
        services.AddSingleton(demo);
        services.AddSingleton(network);
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
        app.UseRequestLocalization();
        app.UseRouting();
        app.Use(AddressCheck.Routed);
        app.Use(DatabaseAwayCheck.Check);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<AntiforgeryCheck>();
        app.UseAntiforgery();
    }

    public static void MapPortal(this WebApplication app)
    {
        app.MapRazorComponents<App>();
        app.MapGet(AntiforgeryCheck.TokenPath, AntiforgeryCheck.Give).AllowAnonymous().WhileAway();
        app.MapLanguages();
        app.MapRooms();
        app.MapCameras();
        app.MapBookings();
        app.MapTalks();
        app.MapObjections();
        app.MapRecordings();
        app.MapAccessRequests();
        app.MapDeputies();
        app.MapRegulation();
        app.MapTrail();
        app.MapClock();
        app.MapReports();
        app.MapCertificates();
        app.MapProcessing();
    }
}
