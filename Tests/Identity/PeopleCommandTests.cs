using Microsoft.Extensions.Configuration;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Storage;

namespace RecordingCluster.Tests.Identity;

public sealed class PeopleCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestDatabase place;
    private readonly SiloSettings settings;

    public PeopleCommandTests()
    {
        place = TestDatabase.In(folder[Path.Combine("data", "cluster.db")]);
        settings = SiloSettings.Read(new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .AddInMemoryCollection([new("Storage:Folder", folder["data"]), .. place.Settings.Select(one => KeyValuePair.Create<string, string?>(one.Key.Replace("__", ":", StringComparison.Ordinal), one.Value))])
            .Build());
    }

    public void Dispose()
    {
        place.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task New_first_links_are_printed_while_nobody_has_enrolled_and_stand_in_a_whole_trail()
    {
        using var key = PeopleKey.OpenOrMake(settings.Storage.Keys);
        key.KeepEnrolled(Roles.Operator);

        var printed = await Invite();
        key.KeepEnrolled(Roles.Secretary);
        key.KeepEnrolled(Roles.DataProtectionOfficer);
        var late = await Assert.ThrowsAsync<RecordingClusterException>(Invite);

        Assert.Equal(2, printed.Count(sign => sign == '#'));
        Assert.DoesNotContain("systeembeheerder", printed, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.Conflict, late.Kind);
        using var database = settings.Storage.OpenDatabase();
        var trail = await new AuditStore(database).Read(settings.Plan.Site, 1, 10);
        Assert.Equal(["Opened", "Done", "Opened", "Refused"], trail.Select(entry => entry.Result.ToString()));
        Assert.True(AuditChain.Follows(null, trail[0]) && trail.Zip(trail.Skip(1)).All(pair => AuditChain.Follows(pair.First, pair.Second)));
    }

    [Fact]
    public async Task Before_the_first_start_it_makes_nothing()
    {
        var refusal = await Assert.ThrowsAsync<RecordingClusterException>(Invite);

        Assert.Equal(ErrorKind.NotFound, refusal.Kind);
        Assert.False(Directory.Exists(settings.Storage.Folder));
    }

    private async Task<string> Invite()
    {
        await using var console = new StringWriter();
        await PeopleCommand.InviteFirst(settings, TimeProvider.System, console);
        return console.ToString();
    }
}
