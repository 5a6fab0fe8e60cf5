using System.Globalization;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Recordings;
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

    private static readonly RegulationInForce Regulation = new(new RegulationVersionId("model-1"), DateTimeOffset.UnixEpoch, RegulationTerms.NothingRecorded); // of its terms only the retention counts here

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-cluster-bench-").FullName;
        try
        {
            var due = TimeProvider.System.GetUtcNow() + Lead;
            MakeRecordings(folder, due);
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

    // As ten thousand talks would have left them, put into place at once: sealed files, keys in the ring, rows of grains and reminders.
    private static void MakeRecordings(string folder, DateTimeOffset due)
    {
        var vault = BenchSilo.VaultIn(folder);
        DurableFile.MakeFolder(vault.Folder);
        var file = new KeyRingFile(vault.KeyFolder, []);
        using var ring = file.Open();
        using var dayKey = SecretKey.NewRandom();
        var day = DateOnly.FromDateTime(due.UtcDateTime);
        ring.Days[day] = dayKey;
        using var database = new SqliteDatabase(BenchSilo.DatabaseIn(folder)).MadeWhole();
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var states = connection.Command("INSERT INTO OrleansStorage VALUES (@service, 'recording', @n0, @n1, '', @state, 1)", ("@service", BenchSilo.ServiceId));
        using var reminders = connection.Command(
            "INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version) VALUES (@service, @grain, 'expiry', @start, 3600000, @hash, 0)",
            ("@service", BenchSilo.ServiceId));
        var options = StateJson.Configure(new JsonSerializerOptions());
        for (var number = 0; number < Recordings; number++)
        {
            var id = RecordingId.New();
            using var key = SecretKey.NewRandom();
            ring.Keys[id] = KeyRing.Wrap(id, key, day, dayKey);
            var part = WritePart(vault, id, ring.Keys[id].Id, key, due);
            var order = new RecordingOrder(new BookingId($"ref-{number}"), new RoomId("room-1"), new CameraId("camera-1"), due);
            var state = new RecordingState().Begin(order, Regulation, due - RegulationTerms.LongestRetention).Stop(part.Span.Until).CameraStopped([part]);
            var (n0, n1) = RecordingRows.KeyOf(id);
            states.Set(("@n0", n0), ("@n1", n1), ("@state", JsonSerializer.SerializeToUtf8Bytes(state, options)));
            states.ExecuteNonQuery();
            var grain = GrainId.Create(GrainType.Create("recording"), GrainIdKeyExtensions.CreateGuidKey(id.Value));
            reminders.Set(("@grain", grain.ToString()), ("@start", due.UtcDateTime), ("@hash", (int)grain.GetUniformHashCode()));
            reminders.ExecuteNonQuery();
        }

        transaction.Commit();
        file.Write(ring);
        ring.Days.Remove(day); // disposed of above
    }

    private static Part WritePart(VaultOptions vault, RecordingId recording, Guid keyId, SecretKey key, DateTimeOffset due)
    {
        var began = due - RegulationTerms.LongestRetention;
        var opening = new PartOpening(new PartId(recording, 1, 1), BenchSilo.Site, new RoomId("room-1"), new CameraId("camera-1"), began, due, began, "model-1");
        var (header, bytes) = PartHeader.Create(opening, keyId);
        using var cipher = new PartCipher(key, header);
        using var stream = File.Create(Path.Combine(vault.Folder, $"{recording.Value:N}-0001-0001{FileVault.PartExtension}"));
        stream.Write(bytes);
        Write(RecordKind.Init, 0, default, new byte[1024]);
        Write(RecordKind.Fragment, 1, new FragmentFacts(began, 0, TimeSpan.FromMinutes(1), 900, TimeSpan.FromMinutes(1)), new byte[FileBytes - 2048]);
        Write(RecordKind.Closed, 2, default, []);
        return new Part(opening.Part, new TimeRange(began, began.AddMinutes(1)), 1, 900, TimeSpan.FromMinutes(1), stream.Length, PartState.Closed);

        void Write(RecordKind kind, uint sequence, FragmentFacts facts, byte[] payload)
        {
            var frame = new RecordFrame(kind, sequence, payload.Length);
            var (plain, record) = (new byte[FragmentFacts.SizeInBytes], new byte[frame.RecordBytes]);
            facts.Write(plain);
            cipher.Seal(frame, plain, payload, record);
            stream.Write(record);
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
