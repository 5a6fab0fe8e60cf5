using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace RecordingCluster.Tests.Storage;

public sealed class ReminderTests : IAsyncLifetime
{
    private static readonly DateTime Nine = new(2026, 3, 2, 9, 0, 0, 123, DateTimeKind.Utc);

    private readonly StorageFolder folder = new();
    private TestSilo silo = null!;

    public ValueTask InitializeAsync()
    {
        silo = TestSilo.Build(folder.Database);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_reminder_is_read_as_it_was_written_with_its_time_in_utc()
    {
        var table = await Table();
        var grain = GrainId.Create("recording", "a");

        var etag = await table.UpsertRow(Reminder(grain, "expiry"), Stop);
        var read = Assert.IsType<ReminderEntry>(await table.ReadRow(grain, "expiry", Stop));

        Assert.Equal((grain, "expiry", Nine, DateTimeKind.Utc, TimeSpan.FromHours(1), etag),
            (read.GrainId, read.ReminderName, read.StartAt, read.StartAt.Kind, read.Period, read.ETag));
    }

    [Fact]
    public async Task A_period_longer_than_the_milliseconds_of_an_int_is_kept()
    {
        var table = await Table();
        var grain = GrainId.Create("recording", "a");
        var days = TimeSpan.FromDays(40);

        await table.UpsertRow(Reminder(grain, "expiry", days), Stop);

        Assert.Equal(days, (await table.ReadRow(grain, "expiry", Stop))?.Period);
    }

    [Fact]
    public async Task Writing_a_reminder_again_replaces_it_under_a_new_etag()
    {
        var table = await Table();
        var grain = GrainId.Create("recording", "a");
        var first = await table.UpsertRow(Reminder(grain, "expiry"), Stop);

        var second = await table.UpsertRow(Reminder(grain, "expiry", TimeSpan.FromHours(2)), Stop);

        var reminder = Assert.Single((await table.ReadRows(grain, Stop)).Reminders);
        Assert.Equal((TimeSpan.FromHours(2), second), (reminder.Period, reminder.ETag));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_reminder_that_is_not_there_is_read_as_null() =>
        Assert.Null(await (await Table()).ReadRow(GrainId.Create("recording", "a"), "expiry", Stop));

    [Fact]
    public async Task Only_the_newest_etag_deletes_a_reminder_and_only_once()
    {
        var table = await Table();
        var grain = GrainId.Create("recording", "a");
        var stale = await table.UpsertRow(Reminder(grain, "expiry"), Stop);
        var newest = await table.UpsertRow(Reminder(grain, "expiry"), Stop);
        await table.UpsertRow(Reminder(grain, "other"), Stop);

        var answers = new[]
        {
            await table.RemoveRow(grain, "expiry", stale!, Stop),
            await table.RemoveRow(grain, "expiry", newest!, Stop),
            await table.RemoveRow(grain, "expiry", newest!, Stop),
        };

        Assert.Equal([false, true, false], answers);
        Assert.Equal("other", Assert.Single((await table.ReadRows(grain, Stop)).Reminders).ReminderName);
    }

    [Fact]
    public async Task Any_range_of_the_ring_holds_exactly_the_grains_whose_hash_lies_in_it()
    {
        var table = await Table();
        var grains = Enumerable.Range(0, 200).Select(i => GrainId.Create("recording", $"r{i}")).ToList();
        foreach (var grain in grains)
        {
            await table.UpsertRow(Reminder(grain, "expiry"), Stop);
        }

        // Ends on the hash of a grain and at the turn of the sign are where a range is easily off by one.
        var hashes = grains.Select(grain => grain.GetUniformHashCode());
        uint[] edges = [0, 1, int.MaxValue, int.MaxValue + 1u, uint.MaxValue, .. hashes];
        var end = Gen.OneOf(Gen.UInt, Gen.Int[0, edges.Length - 1].Select(i => edges[i]));

        await Gen.Select(end, end).SampleAsync(async (begin, until) =>
        {
            var expected = grains.Where(grain => IsInRange(grain.GetUniformHashCode(), begin, until)).Order();
            var read = (await table.ReadRows(begin, until, Stop)).Reminders.Select(reminder => reminder.GrainId).Order();
            Assert.Equal(expected, read);
        }, iter: 200);
    }

    [Fact]
    public async Task All_reminders_of_a_service_can_be_deleted()
    {
        var table = await Table();
        await table.UpsertRow(Reminder(GrainId.Create("recording", "a"), "expiry"), Stop);
        await table.UpsertRow(Reminder(GrainId.Create("recording", "b"), "expiry"), Stop);

        await table.TestOnlyClearTable(Stop);

        Assert.Equal("0", folder.Look("SELECT count(*) FROM OrleansRemindersTable"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reminder_outlives_the_silo_and_ticks_on_the_next()
    {
        var stop = TestContext.Current.CancellationToken;
        var clock = new FakeTimeProvider(new DateTimeOffset(Nine));
        await using (var first = await TestSilo.Start(folder.Database, clock))
        {
            await first.Grains.GetGrain<INotebookGrain>("a").Remind(TimeSpan.FromHours(3));
        }

        await using var second = await TestSilo.Start(folder.Database, clock);
        var isKept = await second.Grains.GetGrain<INotebookGrain>("a").IsToBeReminded();
        var ticked = second.Service<TickSignal>().Ticked.Reader.ReadAsync(stop).AsTask();

        // The silo reads its reminders in the background, so nobody can say when its clock may move for it to notice.
        while (!ticked.IsCompleted)
        {
            stop.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromHours(1));
            await Task.WhenAny(ticked, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop));
        }

        Assert.True(isKept);
        Assert.Equal("a", await ticked);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static bool IsInRange(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static ReminderEntry Reminder(GrainId grain, string name, TimeSpan? period = null) =>
        new() { GrainId = grain, ReminderName = name, StartAt = Nine, Period = period ?? TimeSpan.FromHours(1) };

    private async Task<IReminderTable> Table()
    {
        var table = silo.Service<IReminderTable>();
        await table.StartAsync(Stop);
        return table;
    }
}
