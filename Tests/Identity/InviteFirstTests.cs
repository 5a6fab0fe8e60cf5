using System.Net;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Identity;

/// <summary><c>people invite-first</c> by real processes.</summary>
public sealed class InviteFirstTests
{
    [Fact]
    public async Task The_command_line_prints_new_first_links_while_the_silo_runs_and_ends_the_old_ones()
    {
        await using var silo = await PeopleSilo.Start();
        using var operators = new KeyHolder(silo);
        using var secretaries = new KeyHolder(silo);
        await operators.Enrol(silo.PrintedLinks["Operator"]);

        var said = await SiloCommand.Succeed(silo.Data, "people", "invite-first", $"--Network:PortalPort={silo.Portal.Port}");
        var links = PeopleSilo.LinksIn(said);

        Assert.Equal(["DataProtectionOfficer", "Secretary"], links.Keys.Order());
        Assert.All(links.Values, link => Assert.StartsWith($"{operators.Origin}/enrol#", link, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Gone, await secretaries.Enrol(silo.PrintedLinks["Secretary"]));
        Assert.Equal(HttpStatusCode.OK, await secretaries.Enrol(links["Secretary"]));
        Assert.Equal("Opened Done", silo.Owner("SELECT result FROM audit_trail WHERE deed = 'people/invite-first' ORDER BY number").Replace('\n', ' '));
    }

    [Fact]
    public async Task The_command_line_makes_no_first_links_where_there_was_no_first_start()
    {
        using var folder = new TemporaryFolder();

        var (exit, said, error) = await SiloCommand.In(folder["data"], "people", "invite-first");

        Assert.Equal((1, ""), (exit, said));
        Assert.StartsWith("There was no first start", error, StringComparison.Ordinal);
    }
}
