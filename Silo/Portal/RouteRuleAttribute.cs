using Microsoft.AspNetCore.Authorization;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Portal;

/// <summary>Names who may use a route or a page. What names nobody is refused to everyone (R15).</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RouteRuleAttribute(Roles allowed) : Attribute, IAuthorizeData
{
    public Roles Allowed { get; } = allowed;

    // One of these is enough.
    public string? Roles { get; set; } = string.Join(',', Enum.GetValues<Roles>().Where(role => role != 0 && allowed.HasFlag(role)));

    public string? Policy { get; set; }

    public string? AuthenticationSchemes { get; set; }
}

internal static class RouteRules
{
    /// <summary>Opens a route, or all of a group, to these roles and to nobody else.</summary>
    public static TBuilder AllowTo<TBuilder>(this TBuilder route, Roles roles)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteRuleAttribute(roles));

    /// <summary>Refuses what names nobody, and what names no more than "signed in".</summary>
    public static void AddRouteRules(this IServiceCollection services)
    {
        var nobody = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
        services.AddAuthorizationBuilder().SetFallbackPolicy(nobody).SetDefaultPolicy(nobody);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalAnswers>();
    }
}
