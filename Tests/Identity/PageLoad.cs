using Microsoft.Playwright;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Identity;

/// <summary>When a page that is open has loaded, its scripts too.</summary>
internal static class PageLoad
{
    private static readonly TimeSpan LoadWait = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Asks the page itself. WaitForLoadStateAsync looks first and listens then: an event that comes in between is waited for in vain; and
    /// WaitForFunctionAsync evaluates text as a script, which the portal's policy forbids.
    /// </summary>
    public static Task Loaded(this IPage page) =>
        SiloProcess.Until(() => page.EvaluateAsync<bool>("document.readyState === 'complete'"), LoadWait, () => $"{page.Url} did not load.");
}
