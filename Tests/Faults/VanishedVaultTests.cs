using System.Net;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>A vault whose folder disappears in the midst of a talk: it is noticed, said and gone on from, and what comes back is shown.</summary>
public sealed class VanishedVaultTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_recording_whose_folder_is_moved_away_goes_on_in_a_new_one_and_is_whole_again_once_the_files_are_back()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, started) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(started).Recording;
        await Fragments(silo, recording, 1, 2);
        var first = (await silo.Read(recording)).Parts[0];

        var aside = silo.Vault + "-aside";
        Directory.Move(silo.Vault, aside);
        var resumed = await Fragments(silo, recording, 2, 2);
        TestContext.Current.TestOutputHelper!.WriteLine($"two fragments of the next part after {resumed.TotalSeconds:F1} s");

        Assert.Contains("the file is gone, and was being written", silo.Log, StringComparison.Ordinal);
        Assert.Contains($"{first.Id}", (await Health(silo)).Said, StringComparison.Ordinal);
        await silo.StopTalk(booking);
        var sealedOnes = (await silo.Read(recording)).Parts;
        Assert.Equal([(1, PartState.Damaged), (2, PartState.Closed)], sealedOnes.Select(part => (part.Id.Number, part.State)));
        Assert.True(sealedOnes[0].Fragments >= first.Fragments && sealedOnes[0].Span.From == first.Span.From);

        await silo.Stop();
        foreach (var file in Directory.EnumerateFiles(aside))
        {
            File.Move(file, Path.Combine(silo.Vault, Path.GetFileName(file)));
        }

        await silo.ComeBack();
        var whole = await Viewer.Play(silo, recording, new TimeRange(sealedOnes[0].Span.From, sealedOnes[^1].Span.Until));
        Assert.True((await Viewer.Decode(whole)).Frames >= sealedOnes.Sum(part => part.VideoFrames));
        Assert.DoesNotContain($"{first.Id}", (await Health(silo)).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_folder_cannot_be_made_anew_the_recording_goes_on_in_another_vault_and_the_next_talk_begins_there()
    {
        await using var two = await TwoSilos.Start();
        var (booking, recording) = await two.StartTalk();
        var harmed = two.Of((await two.Last(two.First, recording, 2)).Vault);
        var left = two.Other(harmed);

        Directory.Move(harmed.Vault, harmed.Vault + "-aside");
        await File.WriteAllTextAsync(harmed.Vault, "no folder", TestContext.Current.CancellationToken);
        var taken = await two.TakenOver(left, recording, Promised);
        TestContext.Current.TestOutputHelper!.WriteLine($"goes on in the other vault after {taken.TotalSeconds:F1} s");
        await two.Last(left, recording, 2);

        var (ready, said) = await Health(harmed);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Contains(harmed.Vault, said, StringComparison.Ordinal);
        await two.First.StopTalk(booking);
        var (next, started) = await two.First.StartTalk();
        Assert.Equal(left.Name, (await two.Last(two.First, Assert.IsType<StartOutcome.Started>(started).Recording)).Vault);
        await two.First.StopTalk(next);
        Assert.Equal(1, two.MostRecorders);
        Assert.Equal([(harmed.Name, PartState.Damaged), (left.Name, PartState.Closed)], (await two.First.Read(recording)).Parts.Select(part => (part.Vault!, part.State)));
    }

    private static Task<TimeSpan> Fragments(SiloProcess silo, RecordingId recording, int part, int count) => SiloProcess.Until(
        async () => (await silo.Read(recording)).Parts.Any(one => one.Id.Number == part && one.Fragments >= count), Promised, () => $"Part {part} has no {count} fragments.\n{silo.Log}");

    private static async Task<(HttpStatusCode Status, string Said)> Health(SiloProcess silo)
    {
        using var http = silo.Browse();
        using var answer = await http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
