using RecordingCluster.Silo.Commands;

namespace RecordingCluster.Tests.Silo;

/// <summary>The command line by real processes.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task A_CA_is_made_issues_revokes_and_shows_it_and_overwrites_nothing()
    {
        using var folder = new TemporaryFolder();

        await SiloCommand.Succeed(folder.Path, "certificates", "init");
        var again = await SiloCommand.In(folder.Path, "certificates", "init");
        await SiloCommand.Succeed(folder.Path, "certificates", "issue", "--role", "silo", "--name", "silo-1", "--address", "10.0.5.2", "--address", "fe80::1");
        await SiloCommand.Succeed(folder.Path, "certificates", "issue", "--role", "booking-client", "--name", "room-booking");
        await SiloCommand.Succeed(folder.Path, "certificates", "revoke", "--name", "room-booking", "--reason", "key-compromise");
        var list = (await SiloCommand.Succeed(folder.Path, "certificates", "list")).Split('\n');

        Assert.Equal(1, again.Exit);
        Assert.Contains("nothing is overwritten", again.Error, StringComparison.Ordinal);
        Assert.Contains(list, line => line.Contains("recording-cluster-ca-", StringComparison.Ordinal) && line.EndsWith("good", StringComparison.Ordinal));
        Assert.Contains(list, line => line.StartsWith("silo-1 ", StringComparison.Ordinal) && line.Contains(" silo ", StringComparison.Ordinal) && line.EndsWith("good", StringComparison.Ordinal));
        Assert.Contains(list, line => line.StartsWith("room-booking ", StringComparison.Ordinal) && line.EndsWith("revoked", StringComparison.Ordinal));
        var certificates = Path.Combine(folder.Path, "certificates");
        foreach (var key in Directory.EnumerateFiles(certificates, "*.key"))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }

        using var silo = Certificates.TestAuthority.LoadFrom(certificates, "silo-1");
        Assert.All(new[] { "localhost", "10.0.5.2", "127.0.0.1", "fe80::1" }, name => Assert.True(silo.MatchesHostname(name), name));
    }

    [Theory]
    [InlineData("certificates issue --role silo --name Jan", "must be 1 to 40 characters")]
    [InlineData("certificates issue --role silo --name silo --address a/b", "a/b is no IP address")]
    [InlineData("certificates issue --role king --name silo", "king")]
    [InlineData("certificates revoke --reason other", "Say either --name or --serial")]
    [InlineData("certificates revoke --name nobody --reason other", "Nothing was issued")]
    [InlineData("certificates init --retire", "nothing to retire")]
    [InlineData("certificates list --folder /nowhere/at/all", "Make one: certificates init")]
    [InlineData("certificates list --Certificates:Name=..", "Certificates:Name must be")]
    [InlineData("keys status", "There is no key ring")]
    [InlineData("people invite-first", "There was no first start")]
    [InlineData("certficates list", "certficates")]
    [InlineData("--portal 3", "--portal")]
    public async Task What_cannot_be_done_is_said_with_the_way_out_and_without_a_stack(string words, string says)
    {
        using var folder = new TemporaryFolder();
        await SiloCommand.Succeed(folder.Path, "certificates", "init");

        var (exit, text, error) = await SiloCommand.In(folder.Path, words.Split(' '));

        Assert.NotEqual(0, exit);
        Assert.Contains(says, error + text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_lost_the_links_of_the_first_start_gets_new_ones()
    {
        using var folder = new TemporaryFolder();
        RecordingCluster.Silo.Identity.PeopleKey.OpenOrMake(folder["keys"]).Dispose();

        var printed = await SiloCommand.Succeed(folder.Path, "people", "invite-first");

        Assert.Equal(3, printed.Split('\n').Count(line => line.Contains("/enrol#", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_ends_within_thirty_days_is_warned_of()
    {
        using var folder = new TemporaryFolder();
        await SiloCommand.Succeed(folder.Path, "certificates", "init");
        await SiloCommand.Succeed(folder.Path, "certificates", "issue", "--role", "booking-client", "--name", "soon");
        var now = TimeProvider.System.GetUtcNow();
        using var ending = Certificates.TestAuthority.Issue(Path.Combine(folder.Path, "certificates"), GrainInterfaces.Certificates.CertificateRole.BookingClient, now, now.AddDays(29));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "certificates", "issued", $"{ending.SerialNumber}.crt"), ending.ExportCertificatePem(), TestContext.Current.CancellationToken);

        var (exit, _, error) = await SiloCommand.In(folder.Path, "certificates", "list");

        Assert.Equal(0, exit);
        Assert.StartsWith($"warning: room-booking ({ending.SerialNumber}) ends at", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silo.key")]
    [InlineData("ca.crl")]
    public async Task A_folder_that_lacks_something_stops_the_start_with_the_way_out(string missing)
    {
        using var folder = new TemporaryFolder();
        await SiloCommand.Succeed(folder.Path, "certificates", "init");
        await SiloCommand.Succeed(folder.Path, "certificates", "issue", "--role", "silo", "--name", "silo");
        File.Delete(Path.Combine(folder.Path, "certificates", missing));

        var (exit, _, error) = await SiloCommand.In(folder.Path);

        Assert.Equal(78, exit);
        Assert.Contains($"{missing} cannot be read. Make the CA by `certificates init`", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_does_not_name_the_portal_or_is_none_of_a_silo_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        await SiloCommand.Succeed(folder.Path, "certificates", "init");
        await SiloCommand.Succeed(folder.Path, "certificates", "issue", "--role", "silo", "--name", "silo");
        await SiloCommand.Succeed(folder.Path, "certificates", "issue", "--role", "booking-client", "--name", "client");

        var renamed = await SiloCommand.In(folder.Path, "--Network:PortalName=opname.gemeente.internal");
        var client = await SiloCommand.In(folder.Path, "--Certificates:Name=client");

        Assert.Equal((78, 78), (renamed.Exit, client.Exit));
        Assert.Contains("every browser would refuse", renamed.Error, StringComparison.Ordinal);
        Assert.Contains("no certificate of a silo", client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_was_told_to_write_dumps_does_not_start()
    {
        using var folder = new TemporaryFolder();

        var (exit, _, error) = await SiloCommand.Run(new Dictionary<string, string?> { ["Storage__Folder"] = folder["data"], ["DOTNET_DbgEnableMiniDump"] = "1" });

        Assert.Equal(78, exit);
        Assert.Contains("DOTNET_DbgEnableMiniDump", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Fact]
    public void Settings_are_told_from_words()
    {
        var (words, settings) = CommandLine.Split(["certificates", "--Storage:Folder", "/data", "issue", "--address", "fe80::1", "--address=fe80::2", "Rules:ErasurePeriod=00:01:00", "--Network:PortalPort=1"]);

        Assert.Equal(["certificates", "issue", "--address", "fe80::1", "--address=fe80::2"], words);
        Assert.Equal(["--Storage:Folder", "/data", "Rules:ErasurePeriod=00:01:00", "--Network:PortalPort=1"], settings);
    }
}
