using System.Data.Common;
using System.Text;
using CsCheck;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Storage;

public sealed class AuditStoreTests : IDisposable
{
    private static readonly SiteId Site = SiteId.Of("town-hall");
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    // Any text that can be written as UTF-8, but for the zero that PostgreSQL keeps in no text, with what SQL and C# might trip over among it.
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String.Where(text => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && rune.Value != 0)),
        Gen.String[Gen.Char["'\";\\\n %_{}é€"], 0, 20]);

    private static readonly Gen<AuditRecord> Records =
        from number in Gen.Long[1, long.MaxValue]
        from at in Gen.DateTimeOffset
        from texts in Text.Array[6]
        from result in Gen.Enum<AuditResult>()
        from opening in Gen.Long[1, long.MaxValue].Nullable()
        from hashes in Gen.String[Gen.Char["0123456789abcdef"], 64, 64].Array[2]
        select new AuditRecord(number, at, texts[0], texts[1], texts[2], texts[3], result, opening, texts[4], texts[5], hashes[0], hashes[1]);

    private readonly StorageFolder folder = new();
    private readonly Database database;
    private readonly AuditStore store;

    public AuditStoreTests()
    {
        database = folder.Open();
        store = new AuditStore(database);
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Any_entry_is_read_exactly_as_it_was_written() =>
        await Gen.Select(Records, Gen.Guid).SampleAsync(
            async (record, id) =>
            {
                var site = new SiteId(id.ToString());

                var appended = await store.TryAppend(site, [record]);

                Assert.True(appended);
                Assert.Equal(record, await store.Last(site));
                Assert.Equal(record, await store.Find(site, record.Deed, record.Subject));
                Assert.Equal([record], await store.Read(site, record.Number, 1));
            },
            iter: 200);

    [Fact]
    public async Task A_number_that_is_taken_is_refused_and_the_first_entry_stays()
    {
        await store.TryAppend(Site, [Entry(1, "first")]);

        var appended = await store.TryAppend(Site, [Entry(1, "second")]);

        Assert.False(appended);
        Assert.Equal([Entry(1, "first")], await store.Read(Site, 1, 10));
    }

    [Fact]
    public async Task A_batch_is_written_whole_or_not_at_all()
    {
        await store.TryAppend(Site, [Entry(3, "first")]);

        var appended = await store.TryAppend(Site, [Entry(1), Entry(2), Entry(3, "second"), Entry(4)]);

        Assert.False(appended);
        Assert.Equal([Entry(3, "first")], await store.Read(Site, 1, 10));
        Assert.True(await store.TryAppend(Site, [Entry(1), Entry(2)]));
        Assert.Equal([1, 2, 3], (await store.Read(Site, 1, 10)).Select(entry => entry.Number));
    }

    [Fact]
    public async Task Entries_of_one_deed_are_read_in_order_and_by_the_stretch_in_which_they_were_written()
    {
        await store.TryAppend(Site, [.. Enumerable.Range(1, 6).Select(number => Entry(number, number % 2 == 0 ? "certificate" : "look") with { At = At.AddHours(number) })]);

        var all = await store.ReadDeed(Site, "certificate", null, 1, 10);
        var step = await store.ReadDeed(Site, "certificate", null, 3, 1);
        var stretch = await store.ReadDeed(Site, "certificate", new TimeRange(At.AddHours(2), At.AddHours(6)), 1, 10);

        Assert.Equal([2, 4, 6], all.Select(entry => entry.Number));
        Assert.Equal([4], step.Select(entry => entry.Number));
        Assert.Equal([2, 4], stretch.Select(entry => entry.Number));
        Assert.Equal((6L, null), ((await store.LastOf(Site, "certificate"))!.Number, (await store.LastOf(Site, "nothing"))?.Number));
    }

    [Fact]
    public async Task A_search_finds_what_holds_for_all_that_it_asks_and_the_newest_first()
    {
        await store.TryAppend(Site,
        [
            Entry(1, "booking/start") with { At = At, Actor = "o-1 (Official, Reception)", Subject = "booking/a", Result = AuditResult.Opened },
            Entry(2, "booking/start") with { At = At.AddHours(1), Actor = "o-1 (Official, Reception)", Subject = "booking/a", Result = AuditResult.Done },
            Entry(3, "booking/stop") with { At = At.AddHours(2), Actor = "o-2 (Official)", Subject = "booking/b", Result = AuditResult.Refused },
            Entry(4, "certificate") with { At = At.AddHours(3), Actor = "silo", Subject = "rec_a", Result = AuditResult.Done },
            Entry(5, "people/sign-in") with { At = At.AddHours(4), Actor = "nobody", Subject = "people", Result = AuditResult.Refused },
            Entry(6, "room/sticker") with { At = At.AddHours(5), Actor = "official (Reception)", Subject = "room/b%_", Result = AuditResult.Done },
        ]);
        await store.TryAppend(SiteId.Of("other-hall"), [Entry(7, "booking/start")]);

        var cases = new (TrailSearch Search, long[] Found)[]
        {
            (new(), [6, 5, 4, 3, 2]),
            (new(WithOpenings: true), [6, 5, 4, 3, 2, 1]),
            (new(Result: AuditResult.Opened), [1]),
            (new(Deed: "booking/"), [3, 2]),
            (new(Deed: "booking/start", WithOpenings: true), [2, 1]),
            (new(Deed: "%"), []),
            (new(Result: AuditResult.Refused), [5, 3]),
            (new(Actor: Roles.Official), [3, 2]),
            (new(Actor: Roles.Reception), [6, 2]),
            (new(Actor: Roles.Silo), [4]),
            (new(Actor: Roles.None), [5]),
            (new(Subject: "booking/a"), [2]),
            (new(Subject: "room/b%_"), [6]),
            (new(Written: new TimeRange(At.AddHours(2), At.AddHours(4))), [4, 3]),
            (new(Deed: "booking/", Result: AuditResult.Done, Actor: Roles.Reception, Subject: "booking/", Written: new TimeRange(At, At.AddHours(2))), [2]),
        };

        foreach (var (search, found) in cases)
        {
            Assert.Equal(found, (await store.Search(Site, search, long.MaxValue, 10)).Select(entry => entry.Number));
        }

        Assert.Equal([4, 3], (await store.Search(Site, new TrailSearch(), before: 5, count: 2)).Select(entry => entry.Number));
    }

    [Fact]
    public async Task Each_site_has_its_own_numbers()
    {
        var other = SiteId.Of("other-hall");
        await store.TryAppend(Site, [Entry(1, "here")]);

        var appended = await store.TryAppend(other, [Entry(1, "there")]);

        Assert.True(appended);
        Assert.Equal((Entry(1, "here"), Entry(1, "there")), (await store.Last(Site), await store.Last(other)));
    }

    [Fact]
    public async Task Entries_are_read_in_the_order_of_their_numbers_from_the_one_asked_for_and_no_more_than_asked_for()
    {
        foreach (var number in new long[] { 3, 1, 10, 2, 4 })
        {
            await store.TryAppend(Site, [Entry(number)]);
        }

        var read = await store.Read(Site, from: 2, count: 3);

        Assert.Equal([2, 3, 4], read.Select(entry => entry.Number));
        Assert.Equal(10, (await store.Last(Site))?.Number);
    }

    [Fact]
    public async Task Find_gives_the_first_entry_with_that_deed_and_subject()
    {
        await store.TryAppend(Site, [Entry(1, "erase", "recording/a")]);
        await store.TryAppend(Site, [Entry(3, "erase", "recording/b")]);
        await store.TryAppend(Site, [Entry(2, "erase", "recording/b")]);
        await store.TryAppend(Site, [Entry(4, "look", "recording/b")]);

        var found = await store.Find(Site, "erase", "recording/b");

        Assert.Equal(2, found?.Number);
    }

    [Fact]
    public async Task An_empty_trail_has_no_last_entry_none_to_find_and_none_to_read()
    {
        var (last, found, read) = (await store.Last(Site), await store.Find(Site, "erase", "recording/a"), await store.Read(Site, 1, 10));

        Assert.Null(last);
        Assert.Null(found);
        Assert.Empty(read);
    }

    [Theory]
    [InlineData("UPDATE audit_trail SET detail = '{}' WHERE number = 1", "changed")]
    [InlineData("DELETE FROM audit_trail", "deleted")]
    public async Task The_table_itself_refuses_that_an_entry_is_changed(string sql, string what)
    {
        await store.TryAppend(Site, [Entry(1)]);

        var refusal = Assert.ThrowsAny<DbException>(() => folder.Look(sql));

        Assert.Contains($"The audit trail only grows: an entry is never {what}.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([Entry(1)], await store.Read(Site, 1, 10));
    }

    [Fact]
    public async Task The_trail_outlives_the_program()
    {
        await store.TryAppend(Site, [Entry(1)]);
        database.Dispose();

        using var reopened = folder.Open();

        Assert.Equal(Entry(1), await new AuditStore(reopened).Last(Site));
    }

    [Fact]
    public async Task A_row_can_be_read_as_it_stands()
    {
        await store.TryAppend(Site, [Entry(7, "erase", "recording/a") with { At = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(1)).AddTicks(1), Opening = 6 }]);

        var row = folder.Look("SELECT * FROM audit_trail");

        Assert.Equal("town-hall|7|2026-03-02T09:00:00.0000001Z|officer-1|erase|recording/a|portal|Done|6|{}|00|7f|", row);
    }

    private static AuditRecord Entry(long number, string deed = "erase", string subject = "recording/a") => new(
        number, At, "officer-1", deed, subject, "portal", AuditResult.Done, null, "{}", "", "00", "7f");
}
