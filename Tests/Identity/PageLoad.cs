using Microsoft.Playwright;

namespace RecordingCluster.Tests.Identity;

/// <summary>When a page that is open has loaded, its scripts too.</summary>
internal static class PageLoad
{
    /// <summary>Asks the page itself. WaitForLoadStateAsync looks first and listens then: an event that comes in between is waited for in vain.</summary>
    public static Task Loaded(this IPage page) => page.WaitForFunctionAsync("document.readyState === 'complete'");
}
