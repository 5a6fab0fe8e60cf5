using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Messaging;

namespace RecordingCluster.Tests.Storage;

public sealed class MembershipTests : IAsyncLifetime
{
    private static readonly DateTime Nine = new(2026, 3, 2, 9, 0, 0, 123, DateTimeKind.Utc);

    private readonly StorageFolder folder = new();
    private TestSilo silo = null!;
    private IMembershipTable table = null!;

    public async ValueTask InitializeAsync()
    {
        silo = TestSilo.Build(folder.Database);
        table = silo.Service<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task An_empty_table_has_a_version_and_keeps_it_when_initialized_again()
    {
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, Stop);

        var all = await table.ReadAllAsync(Stop);

        Assert.Equal((0, 0), (all.Members.Count, all.Version.Version));
    }

    [Fact]
    public async Task A_silo_that_joins_is_read_as_it_was_written_with_its_times_in_utc_and_counts_the_version_up()
    {
        var member = Member(11111);

        var joined = await table.InsertRowAsync(member, (await table.ReadAllAsync(Stop)).Version.Next(), Stop);
        var (read, version) = await Read(member);

        Assert.True(joined);
        Assert.Equal(1, version);
        Assert.Equal((member.SiloName, member.HostName, member.Status, member.ProxyPort), (read.SiloName, read.HostName, read.Status, read.ProxyPort));
        Assert.Equal((Nine, DateTimeKind.Utc), (read.StartTime, read.StartTime.Kind));
        Assert.Equal((Nine, DateTimeKind.Utc), (read.IAmAliveTime, read.IAmAliveTime.Kind));
    }

    [Fact]
    public async Task Who_knows_an_older_version_of_the_table_changes_nothing()
    {
        var old = (await table.ReadAllAsync(Stop)).Version.Next();
        var member = Member(11111);
        await table.InsertRowAsync(member, old, Stop);
        member.Status = SiloStatus.Dead;

        var inserted = await table.InsertRowAsync(Member(22222), old, Stop);
        var updated = await table.UpdateRowAsync(member, old.VersionEtag, old, Stop);

        Assert.Equal((false, false), (inserted, updated));
        var all = await table.ReadAllAsync(Stop);
        Assert.Equal((1, SiloStatus.Active, 1), (all.Members.Count, all.Members[0].Item1.Status, all.Version.Version));
    }

    [Fact]
    public async Task A_silo_does_not_join_twice()
    {
        await Join(Member(11111));

        var again = await table.InsertRowAsync(Member(11111), (await table.ReadAllAsync(Stop)).Version.Next(), Stop);

        Assert.False(again);
        Assert.Equal(1, (await table.ReadAllAsync(Stop)).Version.Version);
    }

    [Fact]
    public async Task A_vote_against_a_silo_and_its_death_are_kept_and_count_the_version_up()
    {
        var member = Member(11111);
        await Join(member);
        member.Status = SiloStatus.Dead;
        member.AddSuspector(Member(22222).SiloAddress, Nine);

        var row = await table.ReadRowAsync(member.SiloAddress, Stop);
        var updated = await table.UpdateRowAsync(member, row.Members[0].Item2, row.Version.Next(), Stop);
        var (read, version) = await Read(member);

        Assert.True(updated);
        Assert.Equal((SiloStatus.Dead, 2), (read.Status, version));
        Assert.Equal([(Member(22222).SiloAddress, Nine)], read.SuspectTimes!.Select(vote => (vote.Item1, vote.Item2)));
    }

    [Fact]
    public async Task A_sign_of_life_is_kept_and_leaves_the_version_as_it_was()
    {
        var member = Member(11111);
        await Join(member);
        member.IAmAliveTime = Nine.AddMinutes(5);

        await table.UpdateIAmAliveAsync(member, Stop);
        var (read, version) = await Read(member);

        Assert.Equal((Nine.AddMinutes(5), 1), (read.IAmAliveTime, version));
    }

    [Fact]
    public async Task Clean_up_removes_the_dead_that_were_last_alive_before_the_given_time_and_nobody_else()
    {
        await Join(Member(11111, SiloStatus.Dead, Nine.AddDays(-8)));
        await Join(Member(22222, SiloStatus.Dead, Nine.AddDays(-6)));
        await Join(Member(33333, SiloStatus.Active, Nine.AddDays(-8)));

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Nine.AddDays(-7)), Stop);

        var left = (await table.ReadAllAsync(Stop)).Members.Select(member => member.Item1.SiloAddress.Endpoint.Port).Order();
        Assert.Equal([22222, 33333], left);
    }

    [Fact]
    public async Task Deleting_a_cluster_deletes_its_silos_and_no_other_cluster()
    {
        await Join(Member(11111));
        await table.DeleteMembershipTableEntriesAsync("another-cluster", Stop);
        var kept = folder.Look("SELECT (SELECT count(*) FROM OrleansMembershipTable), (SELECT count(*) FROM OrleansMembershipVersionTable)");

        await table.DeleteMembershipTableEntriesAsync(TestSilo.ServiceId, Stop);

        Assert.Equal("1|1", kept);
        Assert.Equal("0|0", folder.Look("SELECT (SELECT count(*) FROM OrleansMembershipTable), (SELECT count(*) FROM OrleansMembershipVersionTable)"));
    }

    [Fact]
    public async Task A_client_finds_the_gateways_of_silos_that_are_active()
    {
        await Join(Member(11111));
        await Join(Member(22222, SiloStatus.Dead));
        using var database = folder.Open();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (TestSilo.ServiceId, TestSilo.ServiceId))
            .UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (database.Invariant, database.Source)));
        using var client = builder.Build();
        var gateways = client.Services.GetRequiredService<IGatewayListProvider>();
        await gateways.InitializeGatewayListProvider();

        var found = await gateways.GetGateways();

        Assert.Equal(["gwy.tcp://127.0.0.1:30000/7"], found.Select(gateway => gateway.ToString()));
    }

    [Fact]
    public async Task A_real_silo_joins_and_after_a_restart_the_one_before_is_dead()
    {
        await using (await TestSilo.Start(folder.Database))
        {
            Assert.Equal([SiloStatus.Active], (await table.ReadAllAsync(Stop)).Members.Select(member => member.Item1.Status));
        }

        await using var second = await TestSilo.Start(folder.Database);

        Assert.Equal([SiloStatus.Active, SiloStatus.Dead], (await table.ReadAllAsync(Stop)).Members.Select(member => member.Item1.Status).Order());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static MembershipEntry Member(int port, SiloStatus status = SiloStatus.Active, DateTime? alive = null) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, generation: 7),
        SiloName = $"silo-{port}",
        HostName = "host",
        Status = status,
        ProxyPort = 30000,
        StartTime = alive ?? Nine,
        IAmAliveTime = alive ?? Nine,
    };

    private async Task Join(MembershipEntry member) => Assert.True(await table.InsertRowAsync(member, (await table.ReadAllAsync(Stop)).Version.Next(), Stop));

    private async Task<(MembershipEntry Member, int Version)> Read(MembershipEntry member)
    {
        var row = await table.ReadRowAsync(member.SiloAddress, Stop);
        return (Assert.Single(row.Members).Item1, row.Version.Version);
    }
}
