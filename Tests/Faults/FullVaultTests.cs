using System.Diagnostics;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Tests.Faults;

/// <summary>A vault whose disk is full, beside another that has space: what can be recorded there is.</summary>
public sealed class FullVaultTests
{
    private const int Megabytes = 400;

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    // An hour and its grace: some 50 MB are reserved.
    private static readonly Dictionary<string, string> SmallPicture = new() { ["Cameras__camera-1__MostKilobitsPerSecond"] = "100" };

    [Fact]
    public async Task A_recording_whose_disk_fills_in_mid_talk_goes_on_in_another_vault_and_the_next_talk_begins_there()
    {
        if (SmallDisk.WhyNot() is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var two = await TwoSilos.Start(settings: SmallPicture);
        await using var first = await SmallDisk.Mount(two.First.Vault, Megabytes);
        await using var second = await SmallDisk.Mount(two.Second.Vault, Megabytes);
        var (booking, recording) = await two.StartTalk();
        var before = await two.Last(two.First, recording, 2);
        var full = two.Of(before.Vault);
        var left = two.Other(full);
        var told = new Dictionary<PartId, int>();
        WholeRecording.Keep(told, await left.Read(recording));

        using (var another = (full == two.First ? first : second).KeepFull())
        {
            Process.GetProcessById(Assert.Single(two.Recorders())).Kill(); // what it had reserved comes free, and is taken
            var taken = await two.TakenOver(left, recording, Promised);
            await two.Last(left, recording, 2);
            TestContext.Current.TestOutputHelper!.WriteLine($"goes on in the other vault after {taken.TotalSeconds:F1} s");
            await two.First.StopTalk(booking);
            await WholeRecording.Check(two, recording, told);

            var (next, started) = await two.First.StartTalk();
            var elsewhere = Assert.IsType<StartOutcome.Started>(started).Recording;
            Assert.Equal(left.Name, (await two.Last(two.First, elsewhere)).Vault);
            await two.First.StopTalk(next);
        }

        Assert.Equal([full.Name, left.Name], (await two.First.Read(recording)).Parts.Select(part => part.Vault).Distinct());
        Assert.Equal(1, two.MostRecorders);
    }

    [Fact]
    public async Task A_talk_for_which_the_camera_s_own_silo_has_no_space_begins_in_another_vault_without_a_second_press()
    {
        if (SmallDisk.WhyNot() is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var two = await TwoSilos.Start(settings: SmallPicture);
        var (booking, recording) = await two.StartTalk();
        var full = two.Of((await two.Last(two.First, recording)).Vault);
        await two.First.StopTalk(booking);

        await using var tooSmall = await SmallDisk.Mount(full.Vault, 16); // nobody was told yet: it is found out at the start
        var (next, started) = await two.First.StartTalk();

        Assert.True(started is StartOutcome.Started, $"{started}\n{two.Logs}");
        var elsewhere = ((StartOutcome.Started)started).Recording;
        Assert.Equal(two.Other(full).Name, (await two.Last(two.First, elsewhere)).Vault);
        await two.First.StopTalk(next);
    }
}
