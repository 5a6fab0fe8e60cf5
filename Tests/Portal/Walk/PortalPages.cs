using Microsoft.AspNetCore.Components;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Silo.Portal.Pages;

namespace RecordingCluster.Tests.Portal.Walk;

/// <summary>Every page there is, from the program itself: a new one is walked, or the walk fails.</summary>
internal static class PortalPages
{
    // One talk; which, its query says.
    private const string Talk = "/talk";

    /// <summary>Route and roles of each page; of those that are open to anyone, no role.</summary>
    public static IReadOnlyList<(string Route, Roles Roles)> All { get; } =
    [
        .. typeof(App).Assembly.GetTypes()
            .SelectMany(page => page.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>(), (page, route) => (route.Template, RolesOf(page)))
            .OrderBy(page => page.Template, StringComparer.Ordinal),
    ];

    /// <summary>Each page that has no id in its address, as everybody who may open it.</summary>
    public static IEnumerable<PageVisit> WithoutIds(string state) => All
        .Where(page => !page.Route.Contains('{', StringComparison.Ordinal) && page.Route != Talk)
        .SelectMany(page => page.Roles == Roles.None
            ? [new PageVisit(page.Route, PageVisit.Nobody, state)]
            : DemoPeople.All.Where(person => person.Caller.Has(page.Roles)).Select(person => new PageVisit(page.Route, person.Caller.Subject, state)));

    private static Roles RolesOf(Type page) => page.GetCustomAttributes(typeof(RouteRuleAttribute), inherit: false).Cast<RouteRuleAttribute>().FirstOrDefault()?.Allowed ?? Roles.None;
}
