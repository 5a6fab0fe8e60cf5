using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>A cable between servers is cut while a talk is recorded, and those to the cameras are not: two can record, and one recording comes of it.</summary>
public sealed class CutNetworkTests(CutTown town) : IClassFixture<CutTown>
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    // A fragment is a second here. The long form is cut for a minute.
    private static readonly int Fragments = LongForm.Times(14, 58);

    private static readonly TimeSpan CutWait = TimeSpan.FromSeconds(90);

    private TwoSilos Two => town.Silos;

    [Fact]
    public async Task A_silo_that_is_cut_off_from_the_others_but_not_from_the_camera_is_taken_over_and_nothing_that_it_records_then_is_in_the_recording()
    {
        SkipWithoutNetwork();
        var (booking, recording) = await Two.StartTalk();
        var cut = Two.Of((await Two.Last(Two.First, recording, 2)).Vault);
        var left = Two.Other(cut);
        var told = new Dictionary<PartId, int>();
        WholeRecording.Keep(told, await left.Read(recording));

        var at = TimeProvider.System.GetUtcNow();
        await town.Network.Unplug(cut.Name);
        var taken = await Two.TakenOver(left, recording, Promised);
        var late = BytesIn(cut, recording);
        await Grows(left, recording, Fragments);
        var connections = await SiloProcess.Until(() => Task.FromResult(ConnectionsOf(cut) == 0), Soon, () => $"The database still holds {ConnectionsOf(cut)} connections of a silo that is gone.");
        var (atOnce, later, cutFor) = (Two.Recorders().Count, BytesIn(cut, recording), TimeProvider.System.GetUtcNow() - at);
        await town.Network.Plug(cut.Name);
        var alone = await SiloProcess.Until(() => Task.FromResult(Two.Recorders().Count == 1), Soon, () => $"Its ffmpeg goes on.\n{Two.Logs}");
        await cut.End(Soon);
        await cut.ComeBack();
        await Grows(left, recording, 2);
        await Two.First.StopTalk(booking);

        var parts = await WholeRecording.Check(Two, recording, told);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"cut for {cutFor.TotalSeconds:F0} s, taken over after {taken.TotalSeconds:F1} s, {atOnce} ffmpeg meanwhile, {later - late} bytes behind the fence, one ffmpeg {alone.TotalSeconds:F1} s after the cable was back; "
            + $"{(parts[1].Span.From - parts[0].Span.Until).TotalSeconds:F1} s between the parts; the database let go {connections.TotalSeconds:F0} s after the last look");
        Assert.Equal([cut.Name, left.Name], parts.Select(part => part.Vault));
        Assert.True(later > late, "It did not go on where it was cut off, so nothing was to be kept out.");
        Assert.True(parts[0].Span.Until < at + Promised, $"It was cut off at {at:O}, and its part goes until {parts[0].Span.Until:O}\n{Two.Logs}");
        await CheckErased(booking, recording);
    }

    [Fact]
    public async Task When_two_silos_no_longer_reach_each_other_but_both_the_database_one_of_them_ends_and_one_recording_goes_on()
    {
        SkipWithoutNetwork();
        var (booking, recording) = await Two.StartTalk();
        var recorder = Two.Of((await Two.Last(Two.First, recording, 2)).Vault);
        var told = new Dictionary<PartId, int>();
        WholeRecording.Keep(told, await Two.First.Read(recording));

        var at = TimeProvider.System.GetUtcNow();
        await town.Network.Divide();
        var decided = await SiloProcess.Until(() => Task.FromResult(Two.First.HasEnded || Two.Second.HasEnded), Soon, () => $"Neither gives way.\n{Two.Logs}");
        var ended = Two.First.HasEnded ? Two.First : Two.Second;
        var left = Two.Other(ended);
        await ended.End(Soon);
        await Two.TakenOver(left, recording, Promised);
        var last = (await left.Read(recording)).Parts[^1];
        await Grows(left, recording, Fragments);
        var atOnce = Two.Recorders().Count;
        var coming = ended.ComeBack(); // as a service manager starts it, while the cable is still cut
        await Grows(left, recording, 2);
        await town.Network.Join();
        await coming;
        await Grows(left, recording, 2);
        await Two.First.StopTalk(booking);

        var parts = await WholeRecording.Check(Two, recording, told);
        TestContext.Current.TestOutputHelper!.WriteLine($"{ended.Name} ended after {decided.TotalSeconds:F1} s, {recorder.Name} recorded, {parts.Count} part(s)");
        Assert.Equal(ended == recorder ? [recorder.Name, left.Name] : [recorder.Name], parts.Select(part => part.Vault));
        Assert.Equal((1, last.Id), (atOnce, parts[^1].Id));
        Assert.False(left.HasEnded, Two.Logs);
        Assert.True(last.Span.From < at.AddSeconds(15), $"Cut at {at:O}, and it goes on from {last.Span.From:O}\n{Two.Logs}");
        await CheckErased(booking, recording);
    }

    private static void SkipWithoutNetwork()
    {
        if (TownNetwork.WhyNot() is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    private static async Task Grows(SiloProcess silo, RecordingId recording, int fragments)
    {
        var before = await Fragments();
        await SiloProcess.Until(async () => await Fragments() >= before + fragments, CutWait, () => $"Nothing is added.\n{silo.Log}");

        async Task<int> Fragments() => (await silo.Read(recording)).Parts.Where(part => part.Vault == silo.Name).Sum(part => part.Fragments);
    }

    private static long BytesIn(SiloProcess silo, RecordingId recording) => Files(silo, recording).Sum(file => file.Length);

    private static IEnumerable<FileInfo> Files(SiloProcess silo, RecordingId recording) => new DirectoryInfo(silo.Vault).EnumerateFiles($"{recording.Value:N}-*.part");

    private int ConnectionsOf(SiloProcess silo) =>
        int.Parse(town.Database.Run("postgres", $"SELECT count(*) FROM pg_stat_activity WHERE client_addr = '{silo.Address}'"), System.Globalization.CultureInfo.InvariantCulture);

    // Both have erased what they had of it, also what is in no recording, and one certificate says so.
    private async Task CheckErased(BookingId booking, RecordingId recording)
    {
        var files = new[] { Two.First, Two.Second }.Sum(silo => Files(silo, recording).Count());
        await Two.First.PutObjection(booking);
        Assert.IsType<ObjectionOutcome.Upheld>(await Two.First.DecideObjection(booking, 1, isUpheld: true));

        var certificate = (await Two.First.Read(recording)).Certificate!;
        Assert.Equal((files, false), (certificate.Parts.Length, certificate.OpensAfterwards));
        Assert.Empty(new[] { Two.First, Two.Second }.SelectMany(silo => Files(silo, recording)));
        Assert.True(await TwoSilos.HasOneChain(Two.First));
    }
}
