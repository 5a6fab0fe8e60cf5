using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Tests.Storage;

public sealed class ConcurrencyTests
{
    private const int Writers = 16;
    private const int WritesEach = 20;

    [Fact]
    public async Task Many_that_write_state_reminders_and_the_trail_at_once_lose_nothing()
    {
        using var folder = new StorageFolder();
        await using var silo = await TestSilo.Start(folder.Database);
        var trail = silo.Service<IAuditStore>();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(writer), TestContext.Current.CancellationToken)));

        Assert.Equal($"{Writers}|{WritesEach}|{WritesEach}", folder.Look("SELECT count(*), min(Version), max(Version) FROM OrleansStorage"));
        Assert.Equal($"{Writers}|{WritesEach - 1}", folder.Look("SELECT count(*), max(Version) FROM OrleansRemindersTable"));
        Assert.Equal(Enumerable.Range(1, Writers * WritesEach).Select(number => (long)number), (await trail.Read(Site, 1, int.MaxValue)).Select(entry => entry.Number));

        async Task Write(int writer)
        {
            var notebook = silo.Grains.GetGrain<INotebookGrain>($"n{writer}");
            for (var i = 0; i < WritesEach; i++)
            {
                await notebook.Add($"word {i}");
                await notebook.Remind(TimeSpan.FromHours(1));
                await Append();
            }
        }

        // As the trail's grain does after it lost a race: look where the chain ends now, and try the next number.
        async Task Append()
        {
            AuditRecord entry;
            do
            {
                var last = (await trail.Last(Site))?.Number ?? 0;
                entry = new AuditRecord(last + 1, DateTimeOffset.UnixEpoch, "silo", "write", "test", "test", AuditResult.Done, null, "{}", "", "00", "00");
            }
            while (!await trail.TryAppend(Site, [entry]));
        }
    }

    private static SiteId Site => SiteId.Of("town-hall");
}
