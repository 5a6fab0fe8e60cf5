using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>A silo that dies, ends or hangs while it records: the other goes on, and nothing that was acknowledged is lost.</summary>
public sealed class FailOverTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_silo_that_is_killed_while_it_records_is_taken_over_within_10_s_each_time()
    {
        await using var two = await TwoSilos.Start();
        var (booking, recording) = await two.StartTalk();
        var (told, taken) = (new Dictionary<PartId, int>(), new List<TimeSpan>());
        for (var i = 0; i < LongForm.Times(1, 20); i++)
        {
            var killed = two.Of((await two.Last(two.First, recording, 2)).Vault);
            var left = two.Other(killed);
            await AnyMoment();
            WholeRecording.Keep(told, await left.Read(recording));

            var dying = killed.Kill();
            taken.Add(await two.TakenOver(left, recording, Promised));
            await dying;
            await killed.ComeBack();
        }

        await two.First.StopTalk(booking);

        TestContext.Current.TestOutputHelper!.WriteLine($"taken over after {string.Join(", ", taken.Select(time => $"{time.TotalSeconds:F1} s"))}");
        await WholeRecording.Check(two, recording, told);
        Assert.Equal(LongForm.Times(1, 20) + 1, (await two.First.Read(recording)).Parts.Select(part => part.Id.Epoch).Distinct().Count());
        Assert.Equal(1, two.MostRecorders);
    }

    [Fact]
    public async Task A_silo_that_is_told_to_end_while_it_records_hands_over_and_loses_no_fragment_but_the_one_in_the_making()
    {
        await using var two = await TwoSilos.Start();
        var (booking, recording) = await two.StartTalk();
        var ended = two.Of((await two.Last(two.First, recording, 2)).Vault);
        var left = two.Other(ended);
        var told = new Dictionary<PartId, int>();
        WholeRecording.Keep(told, await left.Read(recording));

        var ending = ended.Stop();
        var taken = await two.TakenOver(left, recording, Promised);
        var exit = await ending;
        await two.Last(left, recording); // where the recording's grain lives now, the recorder tells it anew within a second
        var handed = (await left.Read(recording)).Parts;
        await ended.ComeBack();
        await two.First.StopTalk(booking);

        var parts = await WholeRecording.Check(two, recording, told);
        TestContext.Current.TestOutputHelper!.WriteLine($"handed over in {taken.TotalSeconds:F1} s, {(parts[1].Span.From - parts[0].Span.Until).TotalSeconds:F1} s not recorded");
        Assert.Equal((0, 1), (exit, two.MostRecorders));
        Assert.Equal([PartState.Closed, PartState.Open], handed.Select(part => part.State));
        Assert.Equal(parts[0].Fragments, handed[0].Fragments); // its closing was told, and nothing needs to be found afterwards
        Assert.True(parts[1].Span.From - parts[0].Span.Until < TimeSpan.FromSeconds(5), $"{parts[1].Span.From - parts[0].Span.Until} were not recorded\n{two.Logs}");
    }

    [Fact]
    public async Task A_silo_that_hangs_is_taken_over_and_when_it_goes_on_it_stops_and_nothing_that_it_still_wrote_is_in_the_recording()
    {
        await using var two = await TwoSilos.Start();
        var (booking, recording) = await two.StartTalk();
        var frozen = two.Of((await two.Last(two.First, recording, 2)).Vault);
        var left = two.Other(frozen);
        var told = new Dictionary<PartId, int>();
        WholeRecording.Keep(told, await left.Read(recording));

        var at = TimeProvider.System.GetUtcNow();
        frozen.Freeze();
        await two.TakenOver(left, recording, Promised);
        await two.Last(left, recording, 2);
        var thawed = TimeProvider.System.GetUtcNow();
        frozen.Thaw();
        await SiloProcess.Until(() => Task.FromResult(two.Recorders().Count == 1), Promised, () => $"Its ffmpeg goes on.\n{two.Logs}");
        await frozen.End(Soon);
        await frozen.ComeBack();
        await two.Last(left, recording, 4);
        await two.First.StopTalk(booking);

        var parts = await WholeRecording.Check(two, recording, told);
        Assert.Equal([frozen.Name, left.Name], parts.Select(part => part.Vault));
        Assert.True(parts[0].Span.Until < at.AddSeconds(2), $"It was frozen at {at:O}, and its part goes until {parts[0].Span.Until:O}\n{two.Logs}");
        Assert.True(parts[1].Span.Until > thawed);
    }

    [Fact]
    public async Task Of_three_silos_two_die_one_after_the_other_and_the_last_goes_on()
    {
        await using var three = await TwoSilos.Start();
        await three.AddThird();
        var (booking, recording) = await three.StartTalk();
        var (told, left, recorder) = (new Dictionary<PartId, int>(), three.All, three.Of((await three.Last(three.First, recording, 2)).Vault));
        while (left.Length > 1)
        {
            left = left.Remove(recorder);
            WholeRecording.Keep(told, await left[0].Read(recording));

            var dying = recorder.Kill();
            await three.TakenOver(left, recording, Promised);
            await dying;
            recorder = three.Of((await three.Last(left[0], recording, 2)).Vault);
        }

        foreach (var silo in three.All.Remove(recorder))
        {
            await silo.ComeBack();
        }

        await three.First.StopTalk(booking);

        var parts = await WholeRecording.Check(three, recording, told);
        Assert.Equal(three.All.Select(silo => silo.Name), parts.Select(part => part.Vault!).Distinct().Order());
        Assert.Equal(1, three.MostRecorders);
    }

    // Within the time of a fragment and a half, from when a fragment was told.
    private static async Task AnyMoment()
    {
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, 3000)));
        await moment.WaitForNextTickAsync();
    }
}
