using System.Buffers;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using RecordingCluster.Client.Auditing;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Benchmarks;

/// <summary>Checking an exported chain of a million entries with its head, beside sha256sum over the same bytes.</summary>
internal static class ChainBenchmark
{
    private const int Entries = 1_000_000;
    private const int Rounds = 3;
    private const int FlushAt = 4 << 20;

    // Each entry is read and taken apart as JSON, put together as it was hashed, and hashed; sha256sum reads and hashes.
    private const double Aim = 6;

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var authority = CertificateAuthority.Create(TimeProvider.System.GetUtcNow());
            using var silo = authority.Issue(new CertificateHolder("silo", CertificateRole.Silo), [], TimeProvider.System.GetUtcNow());
            var head = TrailHead.Of(new SiteId("town-hall"), await Write(file), TimeProvider.System.GetUtcNow(), silo);
            var (ours, yardstick) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(await Seconds(() => Check(file, head, authority.Certificate.ExportCertificatePem())));
                yardstick.Add(await Seconds(() => Cli.Wrap("sha256sum").WithArguments([file]).ExecuteBufferedAsync()));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Entries} entries, {new FileInfo(file).Length / 1e6:F0} MB"));
            return [new Measurement("check of a million entries", "s", Median(ours), Median(yardstick), Aim, true)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<AuditRecord> Write(string file)
    {
        await using var stream = File.Create(file);
        var lines = new ArrayBufferWriter<byte>(FlushAt * 2);
        AuditRecord? last = null;
        for (var number = 1; number <= Entries; number++)
        {
            last = AuditChain.Next(
                last,
                new AuditNote("official-1 (Official)", "booking/start", $"booking/ref-{number}", "portal", AuditResult.Done, number, "{\"name\":\"Started\",\"facts\":{\"recording\":\"rec_01a212db6ac97cef8004cf6a35287e95\"}}"),
                DateTimeOffset.UnixEpoch.AddSeconds(number));
            TrailLines.WriteJson(lines, last);
            if (lines.WrittenCount >= FlushAt || number == Entries)
            {
                await stream.WriteAsync(lines.WrittenMemory);
                lines.ResetWrittenCount();
            }
        }

        return last!;
    }

    private static async Task Check(string file, TrailHead head, string authorities)
    {
        using var seals = SealCheck.By(authorities);
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        var report = await TrailFileCheck.Run(stream, [head], seals);
        if (!report.IsWhole || report.Covered != Entries)
        {
            throw new InvalidOperationException(string.Join('\n', report.Faults.Select(fault => fault.Reason)));
        }
    }

    private static async Task<double> Seconds(Func<Task> once)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await once();
        return TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
