using System.Net;
using System.Text.RegularExpressions;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Identity;

/// <summary>Roles given and taken by two people of the demo, at the portal of a running silo (R15).</summary>
internal static partial class PeopleChanges
{
    /// <summary>The operator proposes it, and the data protection officer confirms.</summary>
    public static async Task Make(SiloProcess silo, string kind, string subject, Roles role)
    {
        using var operating = await silo.SignIn("demo-operator");
        using var officer = await silo.SignIn("demo-officer");
        var (proposed, refusal) = await operating.Ask(HttpMethod.Post, "/people/proposals", new { kind, subject, role = role.ToString() });
        Assert.True(proposed == HttpStatusCode.OK, $"{refusal}");
        using var page = await officer.Send(HttpMethod.Get, "/people/to-confirm");
        var path = Confirm().Match(await page.Content.ReadAsStringAsync()).Value;
        var (confirmed, why) = await officer.Ask(HttpMethod.Post, path);
        Assert.True(confirmed == HttpStatusCode.OK, $"{path} {why}");
    }

    [GeneratedRegex("/people/proposals/[0-9a-f-]+/confirm")]
    private static partial Regex Confirm();
}
