using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Storage;

namespace RecordingCluster.Tests.Processing;

/// <summary>Logboek Dataverwerkingen 1.0: each action a line on disk, never sampled, about a pseudonym and by nobody.</summary>
public sealed class ProcessingLogTests : IDisposable
{
    private static readonly Uri Activity = new("https://register.example/opnemen");
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly StorageFolder folder = new();
    private readonly Database database;
    private readonly ProcessingStore store;
    private readonly FakeTimeProvider clock = new(Nine);
    private readonly ProcessingLog log;

    public ProcessingLogTests()
    {
        database = folder.Open();
        store = new ProcessingStore(database);
        log = new ProcessingLog(store, clock);
    }

    public void Dispose()
    {
        log.Dispose();
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_line_says_what_was_done_when_under_which_activity_and_about_whom()
    {
        var action = log.Begin("opname-gemaakt", Activity);
        var trace = System.Diagnostics.Activity.Current!.TraceId.ToHexString();
        clock.Advance(TimeSpan.FromSeconds(2));

        await action.About("2026-11-ab", "a-pseudonym").End(ProcessingStatus.Ok);

        var line = Assert.Single(await store.OfTrace(trace));
        Assert.Equal(
            new ProcessingLine(trace, line.SpanId, null, "opname-gemaakt", ProcessingStatus.Ok, Nine, Nine.AddSeconds(2), "https://register.example/opnemen", "2026-11-ab", "a-pseudonym"), line);
        Assert.Equal([line], await store.About(["2026-10-cd", "2026-11-ab"], 10));
        Assert.Null(System.Diagnostics.Activity.Current);
    }

    [Fact]
    public async Task It_carries_on_the_trace_of_who_asked_for_it_also_where_they_keep_none_of_it()
    {
        const string asked = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"; // flag 00: not sampled there

        await log.Begin("opname-bekeken", Activity, asked).End(ProcessingStatus.Ok);

        var line = Assert.Single(await store.OfTrace("0af7651916cd43dd8448eb211c80319c"));
        Assert.Equal("b7ad6b7169203331", line.ParentSpanId);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_is_no_trace_begins_one(string? asked)
    {
        var action = log.Begin("opname-bekeken", Activity, asked);
        var trace = System.Diagnostics.Activity.Current!.TraceId.ToHexString();
        await action.End(ProcessingStatus.Error);

        Assert.Equal((null, ProcessingStatus.Error), Assert.Single(await store.OfTrace(trace)) is var line ? (line.ParentSpanId, line.Status) : default);
    }

    [Fact]
    public async Task What_exports_traces_gets_every_line_and_no_key_beside_the_standards()
    {
        var heard = new List<Activity>();
        using var exporter = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ProcessingLog.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.None, // asks for nothing, and gets it all the same
            ActivityStopped = heard.Add,
        };
        ActivitySource.AddActivityListener(exporter);
        for (var number = 0; number < 100; number++)
        {
            await log.Begin($"action-{number}", Activity).About("p", "t").End(ProcessingStatus.Ok);
        }

        log.Begin("nothing after all", Activity).Drop();

        var exported = heard.Where(activity => activity.Recorded && activity.OperationName.StartsWith("action-", StringComparison.Ordinal)).ToList();
        Assert.Equal(100, exported.Count);
        Assert.All(exported, activity => Assert.Equal(
            [ProcessingLine.ActivityIdKey, ProcessingLine.SubjectIdKey, ProcessingLine.SubjectTypeKey], activity.TagObjects.Select(tag => tag.Key)));
        Assert.DoesNotContain(heard, activity => activity.Recorded && activity.OperationName == "nothing after all");
    }

    [Fact]
    public async Task Lines_that_wait_together_are_written_together_and_a_fault_is_told_to_each()
    {
        var batches = new List<int>();
        var gate = new TaskCompletionSource();
        var commit = new GroupCommit<int>(
            async batch =>
            {
                await gate.Task;
                batches.Add(batch.Count);
                if (batch.Contains(7))
                {
                    throw new IOException("disk full");
                }
            },
            mostAtOnce: 4);

        var all = Enumerable.Range(0, 10).Select(commit.Add).ToList();
        gate.SetResult();
        await Task.WhenAll(all).ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal([1, 4, 4, 1], batches);
        Assert.Equal([5, 6, 7, 8], Enumerable.Range(0, 10).Where(number => all[number].IsFaulted));
    }
}
