using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Commands;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Vault;
using RecordingCluster.Silo.Vault.Checking;

namespace RecordingCluster.Tests.Cluster;

/// <summary>The check of the vault on the real thing: beside a silo at work, and after somebody was at its files.</summary>
public sealed class VaultCheckTests
{
    [Fact]
    public async Task A_vault_in_order_is_in_order_while_one_is_recorded_and_when_one_is_erased()
    {
        await using var cluster = await TestCluster.Start();
        var erased = await cluster.Record();
        await cluster.Restart(away: TimeSpan.FromDays(14.1));
        using (TestCluster.As(Caller.Silo))
        {
            await cluster.Client.Recording(erased).Expire();
        }

        await cluster.Record();
        await cluster.StartTalk((await cluster.Book()).Booking);
        var told = new List<string>();

        var found = await Check(cluster, told.Add);

        Assert.Equal([], found);
        Assert.Equal(["looked at 2 of 2 files", "2 part(s), 2 key(s), 2 row(s), 1 certificate(s)"], told);
    }

    [Fact]
    public async Task What_somebody_did_to_files_rows_and_keys_is_named()
    {
        await using var cluster = await TestCluster.Start();
        var (cut, gone, unknown, altered) = (await cluster.Record(), await cluster.Record(), await cluster.Record(), await cluster.Record());
        using (var file = File.OpenHandle(FileOf(cluster, cut), FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.SetLength(file, RandomAccess.GetLength(file) - 10);
        }

        File.Delete(FileOf(cluster, gone));
        cluster.Database.Look($"DELETE FROM OrleansStorage WHERE GrainTypeString = 'recording' AND GrainIdN0 = {BitConverter.ToInt64(unknown.Value.ToByteArray(), 0)}");
        using (var file = File.OpenHandle(FileOf(cluster, altered), FileMode.Open, FileAccess.ReadWrite))
        {
            var header = FileVault.ReadHeader(FileOf(cluster, altered));
            var at = header.SizeInBytes + RecordFrame.SizeInBytes + PartCipher.SealedFactsBytes + 1; // a byte of the first payload
            RandomAccess.Write(file, [0x55], at);
        }

        await File.WriteAllTextAsync(Path.Combine(cluster.VaultFolder, "notes.txt"), "", TestContext.Current.CancellationToken);

        var found = await Check(cluster, _ => { }, payloads: true);

        Assert.Equal(
            new[] { (VaultFindingKind.Torn, cut), (VaultFindingKind.Missing, gone), (VaultFindingKind.Surplus, unknown), (VaultFindingKind.Torn, altered) }
                .Select(one => $"{one.Item1} {one.Item2}").Append("Surplus notes.txt").Order(),
            found.Select(finding => $"{finding.Kind} {finding.What.Split('-')[0]}").Order());
    }

    [Fact]
    public async Task What_should_have_been_gone_for_an_hour_is_overdue()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        cluster.Database.Look("DELETE FROM OrleansRemindersTable");
        cluster.Database.Look("DELETE FROM OrleansStorage");
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14).AddHours(1));

        var found = await Check(cluster, _ => { });

        Assert.Equal([(VaultFindingKind.Overdue, $"{recording}")], found.Select(finding => (finding.Kind, finding.What.Split('-')[0])));
    }

    // Two looks are two seconds apart by the clock that they are given; the real one lets the test's stand still.
    private static async Task<IReadOnlyList<VaultFinding>> Check(TestCluster cluster, Action<string> tell, bool payloads = false)
    {
        await using var database = cluster.Database.Open();
        using var seals = cluster.Seals();
        return await VaultCheck.Run(
            new VaultOptions(cluster.VaultFolder, cluster.KeyFolder), () => RecordingRows.Read(database), new AuditStore(database), TestCluster.Site, seals, payloads,
            new Standing(cluster.Clock), tell, TestContext.Current.CancellationToken);
    }

    private static string FileOf(TestCluster cluster, RecordingId recording) => Directory.EnumerateFiles(cluster.VaultFolder, $"{recording.Value:N}-*").Single();

    /// <summary>Tells the cluster's time, and lets nothing wait.</summary>
    private sealed class Standing(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
