using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Storage;

namespace RecordingCluster.Tests.Audit;

/// <summary>Entries that wait together go to disk together; the chain stays whole whoever else writes and whatever fails.</summary>
public sealed class TrailWriterTests : IDisposable
{
    private static readonly SiteId Site = SiteId.Of("town-hall");

    private readonly StorageFolder folder = new();
    private readonly Database database;
    private readonly GatedStore store;
    private readonly TrailWriter writer;

    public TrailWriterTests()
    {
        database = folder.Open();
        store = new GatedStore(new AuditStore(database));
        writer = new TrailWriter(Site, store, new FakeTimeProvider());
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_comes_while_the_disk_works_is_one_transaction_and_stands_in_the_order_in_which_it_came()
    {
        store.Hold();
        var first = writer.Write(Note("first"));
        var rest = Enumerable.Range(0, 100).Select(number => writer.Write(Note($"deed-{number}"))).ToList();

        store.Release();
        var written = await Task.WhenAll([first, .. rest]);

        Assert.Equal([1, 100], store.Batches);
        Assert.Equal(Enumerable.Range(1, 101).Select(number => (long)number), written.Select(entry => entry.Number));
        Assert.Equal(["first", .. Enumerable.Range(0, 100).Select(number => $"deed-{number}")], (await Whole()).Select(entry => entry.Deed));
    }

    [Fact]
    public async Task A_batch_is_bounded_so_that_its_first_does_not_wait_for_its_thousandth()
    {
        store.Hold();
        var all = Enumerable.Range(0, 601).Select(number => writer.Write(Note($"deed-{number}"))).ToList();

        store.Release();
        await Task.WhenAll(all);

        Assert.Equal([1, 256, 256, 88], store.Batches);
    }

    [Fact]
    public async Task Nobody_is_answered_before_his_entry_is_on_disk()
    {
        store.Hold();
        var entry = writer.Write(Note("deed"));
        var answeredBefore = entry.IsCompleted;

        store.Release();

        Assert.False(answeredBefore);
        Assert.Equal(await entry, (await Whole()).Single());
    }

    [Fact]
    public async Task Another_writer_is_noticed_and_the_whole_batch_goes_behind_it()
    {
        await writer.Write(Note("mine"));
        var other = new TrailWriter(Site, new AuditStore(database), new FakeTimeProvider());
        await other.Write(Note("other's"));

        await Together(() => [writer.Write(Note("mine again")), writer.Write(Note("and again"))]);

        Assert.Equal(["mine", "other's", "mine again", "and again"], (await Whole()).Select(entry => entry.Deed));
    }

    [Fact]
    public async Task What_stands_once_is_answered_as_it_stood_first_also_when_another_writer_wrote_it_meanwhile()
    {
        await writer.Write(Note("before"));
        var other = new TrailWriter(Site, new AuditStore(database), new FakeTimeProvider());
        store.BeforeAppend = () => other.WriteOnce(Note("certificate", "rec_1"), _ => "{\"by\":\"other\"}");

        var answers = await Together(() =>
        [
            writer.WriteOnce(Note("certificate", "rec_1"), _ => "{\"by\":\"me\"}"),
            writer.WriteOnce(Note("certificate", "rec_1"), _ => "{\"by\":\"me\"}"),
            writer.Write(Note("after")),
        ]);

        Assert.Equal(["{\"by\":\"other\"}", "{\"by\":\"other\"}"], answers[..2].Select(entry => entry.Detail));
        Assert.Equal(["before", "certificate", "after"], (await Whole()).Select(entry => entry.Deed));
    }

    [Fact]
    public async Task What_stands_once_is_made_of_the_one_before_it()
    {
        var details = await Together(() => [.. Enumerable.Range(1, 3).Select(number =>
            writer.WriteOnce(Note("certificate", $"rec_{number}"), before => $"after {before?.Subject ?? "none"}"))]);

        var later = await new TrailWriter(Site, store, new FakeTimeProvider()).WriteOnce(Note("certificate", "rec_4"), before => $"after {before?.Subject ?? "none"}");

        Assert.Equal(["after none", "after rec_1", "after rec_2"], details.Select(entry => entry.Detail));
        Assert.Equal("after rec_3", later.Detail);
    }

    [Fact]
    public async Task A_disk_that_fails_fails_its_batch_alone_and_the_chain_goes_on_behind_what_is_there()
    {
        await writer.Write(Note("before"));
        store.BeforeAppend = () => throw new IOException("disk full");
        var failed = writer.Write(Note("lost"));
        await Assert.ThrowsAsync<IOException>(() => failed);

        await writer.Write(Note("after"));

        Assert.Equal(["before", "after"], (await Whole()).Select(entry => entry.Deed));
    }

    [Fact]
    public async Task A_write_that_failed_after_it_was_done_leaves_the_chain_whole()
    {
        store.AfterAppend = () => throw new IOException("the line broke");
        var unknown = writer.Write(Note("written all the same"));
        await Assert.ThrowsAsync<IOException>(() => unknown);

        await writer.Write(Note("after"));

        Assert.Equal(["written all the same", "after"], (await Whole()).Select(entry => entry.Deed));
    }

    [Fact]
    public void A_disk_that_stands_still_ends_in_a_refusal_and_not_in_memory_filled()
    {
        store.Hold();
        for (var number = 0; number <= 20_000; number++)
        {
            _ = writer.Write(Note("deed"));
        }

        var refused = Assert.Throws<RecordingClusterException>(() => { _ = writer.Write(Note("one too many")); });

        Assert.Equal(ErrorKind.Unavailable, refused.Kind);
    }

    // As in one turn of a grain: nothing is answered before all are asked for.
    private async Task<AuditRecord[]> Together(Func<Task<AuditRecord>[]> write)
    {
        store.Hold();
        var all = write();
        store.Release();
        return await Task.WhenAll(all);
    }

    private async Task<ImmutableArray<AuditRecord>> Whole()
    {
        var trail = await new AuditStore(database).Read(Site, 1, 1000);
        Assert.All(trail.Select((entry, place) => (Before: place == 0 ? null : trail[place - 1], entry)), pair => Assert.Null(AuditChain.FaultOf(pair.Before, pair.entry)));
        return trail;
    }

    private static AuditNote Note(string deed, string subject = "subject") => new("silo", deed, subject, "silo", AuditResult.Done, null, "{}");

    /// <summary>A real store whose next append can be held back, fail, or come after something else. Counts what each append took.</summary>
    private sealed class GatedStore(IAuditStore inner) : IAuditStore
    {
        private TaskCompletionSource gate = Open();

        public List<int> Batches { get; } = [];

        public Func<Task>? BeforeAppend { get; set; }

        public Func<Task>? AfterAppend { get; set; }

        public void Hold() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => gate.SetResult();

        public async Task<bool> TryAppend(SiteId site, IReadOnlyList<AuditRecord> records)
        {
            await gate.Task;
            await Once(BeforeAppend, () => BeforeAppend = null);
            var appended = await inner.TryAppend(site, records);
            Batches.Add(records.Count);
            await Once(AfterAppend, () => AfterAppend = null);
            return appended;
        }

        public Task<AuditRecord?> Last(SiteId site) => inner.Last(site);

        public Task<AuditRecord?> LastOf(SiteId site, string deed) => inner.LastOf(site, deed);

        public Task<ImmutableArray<AuditRecord>> Read(SiteId site, long from, int count) => inner.Read(site, from, count);

        public Task<ImmutableArray<AuditRecord>> ReadDeed(SiteId site, string deed, TimeRange? written, long from, int count) => inner.ReadDeed(site, deed, written, from, count);

        public Task<AuditRecord?> Find(SiteId site, string deed, string subject) => inner.Find(site, deed, subject);

        public Task<ImmutableArray<AuditRecord>> Search(SiteId site, TrailSearch search, long before, int count) => inner.Search(site, search, before, count);

        private static Task Once(Func<Task>? act, Action forget)
        {
            forget();
            return act?.Invoke() ?? Task.CompletedTask;
        }

        private static TaskCompletionSource Open()
        {
            var open = new TaskCompletionSource();
            open.SetResult();
            return open;
        }
    }
}
