using Microsoft.Extensions.FileProviders;
using Orleans.Dashboard;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Silo.Portal.Pages;

namespace RecordingCluster.Silo.Portal;

/// <summary>The web portal: who one is, what one may open, and the pages.</summary>
internal static class PortalHost
{
    public static void AddPortal(this IServiceCollection services, DemoOptions demo)
    {
        // What names nobody is refused (R15).
        services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery();
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddExceptionHandler<ErrorStatus>();
        services.AddProblemDetails();
        services.AddSingleton<ViewingSource>();
        services.AddSingleton<FragmentConverter>();
        services.AddSingleton(demo);
    }

    public static void UsePortal(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseMiddleware<SecurityHeaders>();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot")) });
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapPortal(this WebApplication app) => app.MapRazorComponents<App>();

    /// <summary>Orleans' dashboard, for operators; without grain state, which could tell what nobody else may know.</summary>
    public static void MapDashboard(this WebApplication app) =>
        app.MapOrleansDashboard(routePrefix: "/dashboard")
            .RequireAuthorization(policy => policy.RequireRole(nameof(Roles.Operator)))
            .AddEndpointFilter(async (context, next) =>
            {
                var http = context.HttpContext;
                if (http.Request.Path.Value!.Contains("/GrainState", StringComparison.OrdinalIgnoreCase) || http.Request.Path.Value.Contains("/Trace", StringComparison.OrdinalIgnoreCase))
                {
                    return Results.NotFound();
                }

                using var _ = http.CallAsUser();
                return await next(context);
            });
}
