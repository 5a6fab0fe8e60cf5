using System.Globalization;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>Talk after talk is recorded, looked at and erased: the silo takes no more of its machine at the end than at the beginning.</summary>
public sealed class SoakTests
{
    // Long enough to record and look on a slow machine.
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(LongForm.Times(5, 240));
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(LongForm.Times(15, 960));
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    // What a runtime that collects now and then breathes by.
    private static readonly double MostGrowth = LongForm.Times(40, 15) / 100.0;
    private const int MostMore = 8;

    [Fact]
    public async Task Talk_after_talk_memory_handles_threads_and_files_stay_as_they_are()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera, term: Term);
        var (begun, seen, talks) = (TimeProvider.System.GetTimestamp(), new List<Vitals>(), 0);
        for (; TimeProvider.System.GetElapsedTime(begun) < WarmUp + Length; talks++)
        {
            await Talk(silo);
            if (TimeProvider.System.GetElapsedTime(begun) > WarmUp)
            {
                seen.Add(Vitals.Of(silo));
            }
        }

        await SiloProcess.Until(() => Task.FromResult(!Directory.EnumerateFiles(silo.Vault).Any()), Term + Soon, () => $"Not all is erased.\n{silo.Log}");
        var some = Math.Max(1, seen.Count / 4);
        var (first, last) = (Vitals.Middle(seen[..some]), Vitals.Middle(seen[^some..]));

        TestContext.Current.TestOutputHelper!.WriteLine($"{talks} talks; {first}; then {last}");
        Assert.True(last.Megabytes <= first.Megabytes * (1 + MostGrowth), $"{first}; then {last}");
        Assert.True(last.Handles <= first.Handles + MostMore && last.Threads <= first.Threads + MostMore && last.Files <= first.Files + MostMore, $"{first}; then {last}");
        Assert.Empty(silo.Recorders());
    }

    // A short talk, and a look at it with the secretary's word.
    private static async Task Talk(SiloProcess silo)
    {
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await SiloProcess.Until(async () => (await silo.Read(recording)).Parts.Sum(part => part.Fragments) >= 1, Soon, () => $"Nothing is recorded.\n{silo.Log}");
        await silo.StopTalk(booking);
        var part = Assert.Single((await silo.Read(recording)).Parts);
        Assert.NotEmpty(await Viewer.Play(silo, recording, part.Span));
    }

    /// <summary>What a process takes, as the kernel counts it, and the files in its folder.</summary>
    /// <param name="Megabytes">Of its memory that is in use.</param>
    /// <param name="Handles">Without those of assemblies: each is opened when it is first needed, which may be late, and stays open.</param>
    /// <param name="Threads">All.</param>
    /// <param name="Files">Of its data and temporary folders.</param>
    private sealed record Vitals(double Megabytes, int Handles, int Threads, int Files)
    {
        public static Vitals Of(SiloProcess silo)
        {
            var status = File.ReadAllLines($"/proc/{silo.Id}/status").Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1].Trim().Split(' ')[0]);
            return new Vitals(
                double.Parse(status["VmRSS"], CultureInfo.InvariantCulture) / 1024,
                Directory.EnumerateFileSystemEntries($"/proc/{silo.Id}/fd").Count(handle => new FileInfo(handle).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) is false),
                int.Parse(status["Threads"], CultureInfo.InvariantCulture),
                Directory.EnumerateFiles(silo.Data, "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(silo.Temporary, "*", SearchOption.AllDirectories)).Count());
        }

        public static Vitals Middle(List<Vitals> seen) => new(
            Median(seen.Select(one => one.Megabytes)), (int)Median(seen.Select(one => (double)one.Handles)), (int)Median(seen.Select(one => (double)one.Threads)), (int)Median(seen.Select(one => (double)one.Files)));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Megabytes:F0} MB, {Handles} handles, {Threads} threads, {Files} files");

        private static double Median(IEnumerable<double> numbers) => numbers.Order().ElementAt(numbers.Count() / 2);
    }
}
