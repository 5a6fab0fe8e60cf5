using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Benchmarks;

/// <summary>Sealing and opening fragments, beside openssl's own speed at the same block size.</summary>
internal static class CipherBenchmark
{
    // About one second of 2 Mbit/s.
    private const int FragmentBytes = 256 << 10;

    private const int Seconds = 3;

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var opening = new PartOpening(
            new PartId(RecordingId.New(), 1, 1), new SiteId("town-hall"), new RoomId("room-1"), new CameraId("camera-1"),
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "model-1");
        using var key = SecretKey.NewRandom();
        using var cipher = new PartCipher(key, PartHeader.Create(opening, Guid.NewGuid()).Header);
        var frame = new RecordFrame(RecordKind.Fragment, 1, FragmentBytes);
        var (facts, plain, record) = (new byte[FragmentFacts.SizeInBytes], new byte[FragmentBytes], new byte[frame.RecordBytes]);

        // Each beside its yardstick, so that both see the same machine.
        var sealing = BytesPerSecond(() => cipher.Seal(frame, facts, plain, record));
        var yardSealing = await OpenSsl();
        var opened = BytesPerSecond(() =>
        {
            cipher.TryOpenFacts(frame, record.AsSpan(RecordFrame.SizeInBytes, PartCipher.SealedFactsBytes), facts);
            cipher.TryOpenPayload(frame, record.AsSpan(RecordFrame.SizeInBytes + PartCipher.SealedFactsBytes), plain);
        });
        var yardOpening = await OpenSsl("-decrypt");
        return
        [
            new Measurement("sealing", "MB/s", sealing / 1e6, yardSealing / 1e6, 0.8, false),
            new Measurement("opening", "MB/s", opened / 1e6, yardOpening / 1e6, 0.8, false),
        ];
    }

    private static double BytesPerSecond(Action once)
    {
        var clock = TimeProvider.System;
        once();
        var (begun, count) = (clock.GetTimestamp(), 0L);
        while (clock.GetElapsedTime(begun) < TimeSpan.FromSeconds(Seconds))
        {
            once();
            count++;
        }

        return count * (double)FragmentBytes / clock.GetElapsedTime(begun).TotalSeconds;
    }

    // Its line for machines: +F:…:aes-256-gcm:bytes per second.
    private static async Task<double> OpenSsl(params string[] more)
    {
        var answer = await Cli.Wrap("openssl").WithArguments(["speed", "-mr", "-seconds", $"{Seconds}", "-bytes", $"{FragmentBytes}", .. more, "-evp", "aes-256-gcm"]).ExecuteBufferedAsync();
        var line = answer.StandardOutput.Split('\n').Single(line => line.StartsWith("+F:", StringComparison.Ordinal));
        return double.Parse(line.Split(':')[^1], CultureInfo.InvariantCulture);
    }
}
