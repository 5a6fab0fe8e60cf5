using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>Four talks at once, of which some lose their camera or their ffmpeg: each gap is said where it is, and the others' recordings do not know of it.</summary>
public sealed class FourCamerasTests(FourRooms rooms) : IClassFixture<FourRooms>
{
    private static readonly TimeSpan Five = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_recorder_that_is_killed_again_and_again_costs_gaps_that_are_said_and_nothing_that_was_on_disk()
    {
        var talk = Assert.Single(await rooms.StartTalks(1));
        var (told, resumed, kills) = (new Dictionary<PartId, int>(), new List<TimeSpan>(), LongForm.Times(3, 50));
        for (var i = 0; i < kills; i++)
        {
            await rooms.Grows(talk, 1);
            await Moment();
            WholeRecording.Keep(told, await rooms.Silo.Read(talk.Recording));

            Process.GetProcessById(Assert.Single(talk.Recorders())).Kill();
            resumed.Add(await SiloProcess.Until(async () => (await rooms.PartsOf(talk)).Count == i + 2, Five, () => $"It does not go on after kill {i + 1}.\n{rooms.Silo.Log}"));
        }

        await rooms.Grows(talk, 1);
        await rooms.Silo.StopTalk(talk.Booking);

        var parts = await rooms.CheckWhole(talk);
        var (began, ended) = await Gaps(talk);
        TestContext.Current.TestOutputHelper!.WriteLine($"went on after {string.Join(", ", resumed.Order().Select(time => $"{time.TotalSeconds:F1}"))} s");
        Assert.Equal(Enumerable.Range(1, kills + 1), parts.Select(part => part.Id.Number));
        Assert.All(told, one => Assert.True(parts.Single(part => part.Id == one.Key).Fragments >= one.Value, $"{one.Key} had {one.Value} fragments"));
        Assert.Equal((kills, kills), (began, ended));
        Assert.Empty(talk.Recorders());
        Assert.Empty(ChildrenOf(rooms.Silo.Id));
    }

    [Fact]
    public async Task A_camera_that_dies_one_that_freezes_and_one_whose_microphone_dies_are_said_each_by_its_fault_and_the_fourth_misses_nothing()
    {
        var talks = await rooms.StartTalks(4);
        await Task.WhenAll(talks.Select(talk => rooms.Grows(talk, 2)));
        var (breaks, rounds) = (talks.ToDictionary(talk => talk.Room, _ => 0), LongForm.Times(1, 8));
        for (var round = 0; round < rounds; round++)
        {
            // Each camera has its turn with each fault, and with none.
            var (dead, frozen, mute, well) = (talks[round % 4], talks[(round + 1) % 4], talks[(round + 2) % 4], talks[(round + 3) % 4]);
            var (before, muteParts, reader) = (await rooms.PartsOf(well), await rooms.PartsOf(mute), Assert.Single(frozen.Recorders()));
            await dead.Camera.Kill();
            frozen.Camera.Freeze();
            mute.Camera.Mute();
            var said = await Task.WhenAll(Said(dead, CameraFault.Unreachable, CameraFault.NoMedia), Said(frozen, CameraFault.NoMedia), Said(mute, CameraFault.NoSound));
            await Task.WhenAll(rooms.Grows(well, 2), rooms.Grows(mute, 2));
            Assert.Null(await rooms.GapOf(well));
            Assert.Equal(before.Count, (await rooms.PartsOf(well)).Count);
            Assert.Equal(muteParts.Count, (await rooms.PartsOf(mute)).Count);

            await SiloProcess.Until(() => Task.FromResult(!frozen.Recorders().Contains(reader)), Soon, () => $"The camera that froze is not given up.\n{rooms.Silo.Log}");
            frozen.Camera.Thaw();
            mute.Camera.Thaw();
            await dead.Camera.ComeBack();
            await Task.WhenAll(new[] { dead, frozen, mute }.Select(IsWell));
            await Task.WhenAll(talks.Select(talk => rooms.Grows(talk, 2)));
            breaks[dead.Room]++;
            breaks[frozen.Room]++;
            TestContext.Current.TestOutputHelper!.WriteLine($"said after {string.Join(", ", said.Select(time => $"{time.TotalSeconds:F1} s"))}");
        }

        var untouched = talks[^1];
        var recorded = TimeProvider.System.GetUtcNow() - (await rooms.PartsOf(untouched))[0].Span.From;
        foreach (var talk in talks)
        {
            await rooms.Silo.StopTalk(talk.Booking);
        }

        foreach (var talk in talks)
        {
            Assert.Equal(breaks[talk.Room] + 1, (await rooms.CheckWhole(talk)).Count);
            Assert.Empty(talk.Recorders());
        }

        // In the short form the fourth had no fault at all. What a stop cuts off is less than a fragment.
        var frames = (await rooms.PartsOf(untouched)).Sum(part => part.VideoFrames);
        Assert.True(rounds > 1 || frames >= CameraProcess.FramesPerSecond * (recorded.TotalSeconds - 2.5), $"{frames} pictures in {recorded.TotalSeconds:F1} s");
    }

    private async Task<TimeSpan> Said(TalkInRoom talk, params CameraFault[] faults)
    {
        CaptureGap? gap = null;
        var time = await SiloProcess.Until(async () => (gap = await rooms.GapOf(talk)) is not null, Five + Five, () => $"No gap is said in {talk.Room}.\n{rooms.Silo.Log}");
        Assert.Contains(gap!.Fault, faults);
        return time;
    }

    private Task<TimeSpan> IsWell(TalkInRoom talk) => SiloProcess.Until(async () => await rooms.GapOf(talk) is null, Soon, () => $"{talk.Room} does not come back.\n{rooms.Silo.Log}");

    // Of this talk's camera, since it was started: an earlier talk may have had it too.
    private async Task<(int Began, int Ended)> Gaps(TalkInRoom talk)
    {
        using var officer = await rooms.Silo.SignIn("demo-officer");
        var entries = Encoding.UTF8.GetString(await officer.Download(new Uri(rooms.Silo.Portal, "/trail/export?format=json-lines")))
            .Split('\n').Where(line => line.Contains(talk.Recording.ToString(), StringComparison.Ordinal) || line.Contains($"{talk.Recording.Value}", StringComparison.Ordinal)).ToList();
        return (entries.Count(line => line.Contains("\"gap-began\"", StringComparison.Ordinal)), entries.Count(line => line.Contains("\"gap-ended\"", StringComparison.Ordinal)));
    }

    private static List<string> ChildrenOf(int process) => File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Concat(Directory.EnumerateDirectories($"/proc/{process}/task").SelectMany(thread => Children(thread)))
        .Select(id => SiloProcess.CommandLine(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)) ?? "")
        .Where(line => line.Length > 0).Distinct().ToList();

    // A thread may have ended since it was listed.
    private static string[] Children(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static async Task Moment()
    {
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, 1000)));
        await moment.WaitForNextTickAsync();
    }
}
