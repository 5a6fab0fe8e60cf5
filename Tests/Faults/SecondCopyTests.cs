using System.Net;
using System.Text.Json;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Vault;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>A second copy of each fragment in the vault of a sister: as it comes, or afterwards, and never in the way of the recording.</summary>
public sealed class SecondCopyTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Of_a_silo_that_was_killed_and_whose_vault_is_gone_all_that_was_copied_plays_to_the_last_picture()
    {
        await using var two = await TwoSilos.Start(copies: true);
        var (booking, recording) = await two.StartTalk();
        var lost = two.Of((await two.Last(two.First, recording, 2)).Vault);
        var left = two.Other(lost);
        await two.CopiesCome(left, recording, 3);

        await lost.Kill();
        Directory.Delete(lost.Vault, recursive: true);
        await two.TakenOver(left, recording, Soon);
        await two.Last(left, recording, 2);
        await left.StopTalk(booking);

        var copied = (await In(left, recording)).Single(part => part.Vault == lost.Name);
        var parts = (await left.Read(recording)).Parts;
        var whole = new TimeRange(parts[0].Span.From, parts[^1].Span.Until);
        var away = (await Viewer.Decode(await Viewer.Play(left, recording, whole))).Frames;
        using var player = await left.SignIn(Viewer.Administrator.Subject);
        var told = (await player.Ask(HttpMethod.Get, $"/recordings/{recording}")).Body.GetProperty("parts").EnumerateArray().First();
        await lost.ComeBack();
        await SiloProcess.Until(async () => (await left.Read(recording)).Copies.Any(copy => copy is { IsWhole: true } && copy.Vault == lost.Name), Soon, () => $"What was recorded since is not copied.\n{two.Logs}");
        var back = (await Viewer.Decode(await Viewer.Play(lost, recording, whole))).Frames;

        Assert.Equal([(lost.Name, copied.Fragments), (left.Name, parts[1].Fragments)], parts.Select(part => (part.Vault!, part.Fragments)));
        Assert.InRange(copied.Fragments, 3, int.MaxValue);
        Assert.Equal(
            (true, left.Name, copied.Fragments, false),
            (told.GetProperty("isReachable").GetBoolean(), Copy(told).GetProperty("vault").GetString(), Copy(told).GetProperty("fragments").GetInt32(), Copy(told).GetProperty("isWhole").GetBoolean()));
        Assert.Equal((copied.VideoFrames + parts[1].VideoFrames, copied.VideoFrames + parts[1].VideoFrames), (away, back));
    }

    [Fact]
    public async Task A_second_silo_that_dies_in_the_talk_holds_up_nothing_its_copy_is_made_whole_and_what_is_to_go_goes_from_both()
    {
        await using var two = await TwoSilos.Start(copies: true);
        var (booking, recording) = await two.StartTalk();
        var from = two.Of((await two.Last(two.First, recording, 2)).Vault);
        var second = two.Other(from);
        await two.CopiesCome(from, recording, 2);

        await second.Kill();
        var before = await two.Last(from, recording);
        await SiloProcess.Until(async () => Says(await Health(from), $"{second.Name} cannot be reached"), Soon, () => two.Logs);
        var meanwhile = await two.Last(from, recording, before.Fragments + 3);
        await second.ComeBack();
        await from.StopTalk(booking);
        await SiloProcess.Until(async () => (await from.Read(recording)).Copies is [{ IsWhole: true }], Soon, () => $"The copy is not made whole.\n{two.Logs}");
        await SiloProcess.Until(async () => !Says(await Health(from), "The second copy"), Soon, () => two.Logs);

        var view = await from.Read(recording);
        var (part, copy) = (view.Parts.Single(), view.Copies.Single());
        var copied = (await In(second, recording)).Single();
        await from.PutObjection(booking);
        await from.DecideObjection(booking, 1, isUpheld: true);
        var certificate = (await from.Read(recording)).Certificate!;

        Assert.Equal((before.Id, meanwhile.Id), (part.Id, part.Id)); // it was one run all the time
        Assert.Equal((part.Id, second.Name, part.Fragments, part.Span.Until), (copy.Part, copy.Vault, copy.Fragments, copy.Until));
        Assert.Equal(part with { SealedBytes = copied.SealedBytes }, copied);
        Assert.Equal([null, second.Name], certificate.Parts.Select(one => one.CopyIn).Order());
        Assert.All(certificate.Parts, one => Assert.Equal(part.Id, one.Id));
        Assert.False(certificate.OpensAfterwards);
        Assert.Empty(new[] { from, second }.SelectMany(silo => Directory.EnumerateFiles(silo.Vault, "*.part")));
        Assert.True(await TwoSilos.HasOneChain(from));
    }

    [Fact]
    public async Task A_second_vault_that_is_full_refuses_the_copy_and_not_the_talk_and_nobody_brings_it_anything_without_a_ticket()
    {
        Assert.SkipWhen(SmallDisk.WhyNot() is not null, SmallDisk.WhyNot() ?? "");

        // The first alone reaches the camera, so it records.
        await using var two = await TwoSilos.Start(copies: true, second: new Dictionary<string, string> { ["Network__CameraNetworks__0"] = "none" });
        var (from, second) = (two.First, two.Second);
        RecordingId recording;
        await using (await SmallDisk.Mount(second.Vault, 16))
        {
            (var booking, recording) = await two.StartTalk();
            await SiloProcess.Until(async () => Says(await Health(from), $"the disk of {second.Name} has no room"), Soon, () => two.Logs);
            await two.Last(from, recording, 3);
            Assert.Empty(Directory.EnumerateFiles(second.Vault));
            Assert.Empty((await from.Read(recording)).Copies);
            await from.StopTalk(booking);
        }

        await SiloProcess.Until(async () => (await from.Read(recording)).Copies is [{ IsWhole: true }], Soon, () => $"There is room, and no copy.\n{two.Logs}");
        var part = (await from.Read(recording)).Parts.Single();
        var copied = (await In(second, recording)).Single();
        Assert.Equal((from.Name, part.Fragments, part.VideoFrames, PartState.Closed), (copied.Vault, copied.Fragments, copied.VideoFrames, copied.State));

        var asked = new PartToCopy(
            part.Id with { Number = 2 }, from.Name, new("town-hall"), part.Room!.Value, part.Camera!.Value, part.Span.From, part.Span.From.AddDays(1), part.Span.From, "model-1", MediaTracks.Picture, 1000);
        CopyAnswer.Lacks lacks;
        CopyAnswer ofNothing;
        using (SiloProcess.As(Caller.Silo))
        {
            lacks = Assert.IsType<CopyAnswer.Lacks>(await two.First.Client.Vault(second.Name).KeepCopy(asked));
            ofNothing = await two.First.Client.Vault(second.Name).KeepCopy(asked with { Part = new PartId(RecordingId.New(), 1, 1) });
        }

        ErrorKind? byOther;
        using (SiloProcess.As(Viewer.Administrator))
        {
            byOther = (await Assert.ThrowsAsync<RecordingClusterException>(() => two.First.Client.Vault(second.Name).KeepCopy(asked))).Kind;
        }

        var record = new CopyRecord(RecordKind.Init, 0, default, "ftyp and moov"u8.ToArray()).ToBytes();
        var refused = new[]
        {
            await SisterDoor.Knock(two, second, "silo-1", null, record),
            await SisterDoor.Knock(two, second, null, lacks.Ticket, record),
            await SisterDoor.Knock(two, second, "room-booking", lacks.Ticket, record),
        };
        var (taken, again) = (await SisterDoor.Knock(two, second, "silo-1", lacks.Ticket, record), await SisterDoor.Knock(two, second, "silo-1", lacks.Ticket, record));

        Assert.Equal([HttpStatusCode.NotFound, null, null], refused); // where no byte was answered, there was no connection
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (taken, again));
        Assert.Equal((0, ErrorKind.Denied), (lacks.Record, byOther));
        Assert.IsType<CopyAnswer.NotWanted>(ofNothing);
        Assert.Equal([$"{recording.Value:N}"], Directory.EnumerateFiles(second.Vault, "*.part").Select(file => Path.GetFileName(file)[..32]).Distinct());
    }

    private static JsonElement Copy(JsonElement part) => part.GetProperty("copies").EnumerateArray().Single();

    private static async Task<IReadOnlyList<Part>> In(SiloProcess silo, RecordingId recording)
    {
        using var _ = SiloProcess.As(Caller.Silo);
        return await silo.Client.Vault(silo.Name).Parts(recording, []);
    }

    private static async Task<string> Health(SiloProcess silo)
    {
        using var http = silo.Browse();
        return await http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken);
    }

    private static bool Says(string health, string words) => health.Contains(words, StringComparison.Ordinal);
}
