using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Benchmarks;

/// <summary>Ten thousand recordings that fall due in the same moment, erased and certified by their own reminders as in service; beside shred over files of the same size.</summary>
internal static class ExpiryBenchmark
{
    private const int Recordings = 10_000;
    private const int FileBytes = 64 << 10;
    private const int Shredded = 1_000; // shred takes its files one by one, so a tenth of them tells its speed
    private const int Port = 12141;

    // Files, rows and the silo's start take about a third of it; then the reminders wait.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-cluster-bench-").FullName;
        try
        {
            var due = TimeProvider.System.GetUtcNow() + Lead;
            ManyRecordings.Make(folder, BenchSilo.ServiceId, Recordings, fragments: 1, FileBytes, due);
            using var host = await BenchSilo.Start(folder, Port);
            var seconds = await UntilAllAreGone(folder, due);
            await host.StopAsync();
            var shredded = await Shred(Path.Combine(folder, "shred"));
            return
            [
                new Measurement("10,000 recordings erased and certified", "s", seconds, 60, 1, true),
                new Measurement("erasing and certifying against shred -u", "files/s", Recordings / seconds, shredded, 1, false),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> UntilAllAreGone(string folder, DateTimeOffset due)
    {
        await using var database = new SqliteDatabase(BenchSilo.DatabaseIn(folder));
        using var connection = database.OpenConnection();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await look.WaitForNextTickAsync())
        {
            var seconds = (TimeProvider.System.GetUtcNow() - due).TotalSeconds;
            var certificates = connection.Number("SELECT count(*) FROM audit_trail WHERE site = 'town-hall' AND deed = 'certificate'");
            if (certificates == Recordings && connection.Number("SELECT count(*) FROM OrleansStorage WHERE GrainTypeString = 'recording'") == 0 && !Directory.EnumerateFiles(BenchSilo.VaultIn(folder).Folder, $"*{FileVault.PartExtension}").Any())
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{certificates} certificates, no file and no row left, {seconds:F1} s after their term"));
                return seconds;
            }

            if (seconds > Longest.TotalSeconds)
            {
                throw new TimeoutException($"{certificates} of {Recordings} after {Longest}.");
            }
        }

        throw new TimeoutException();
    }

    // Names of five characters: shred renames a file once for each, and flushes each time.
    private static async Task<double> Shred(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var number = 0; number < Shredded; number++)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{number:D5}"), new byte[FileBytes]);
        }

        var begun = TimeProvider.System.GetTimestamp();
        await Cli.Wrap("shred").WithArguments(["-u", .. Directory.EnumerateFiles(folder)]).ExecuteBufferedAsync();
        return Shredded / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }
}
