using System.Data.Common;
using System.Text.Json;
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

/// <summary>Recordings as so many talks would have left them, put into place at once: sealed files, keys in the ring, rows of grains and reminders.</summary>
internal static class ManyRecordings
{
    private const int InitBytes = 1024;
    private const int OverheadBytes = 1024; // header, frames and seals, about

    private static readonly TimeSpan Fragment = TimeSpan.FromSeconds(2);

    private static readonly RegulationInForce Regulation = new(new RegulationVersionId("model-1"), DateTimeOffset.UnixEpoch, RegulationTerms.NothingRecorded); // of its terms only the retention counts here

    /// <param name="folder">Of a silo that does not run.</param>
    /// <param name="service">By which Orleans keeps rows of one cluster apart from those of another.</param>
    /// <param name="recordings">How many.</param>
    /// <param name="fragments">Of each.</param>
    /// <param name="fileBytes">Of each.</param>
    /// <param name="due">When all of them are to be erased.</param>
    public static void Make(string folder, string service, int recordings, int fragments, int fileBytes, DateTimeOffset due)
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
        using var states = connection.Command("INSERT INTO OrleansStorage VALUES (@service, 'recording', @n0, @n1, '', @state, 1)", ("@service", service));
        using var reminders = connection.Command(
            "INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version) VALUES (@service, @grain, 'expiry', @start, 3600000, @hash, 0)",
            ("@service", service));
        var payload = new byte[Math.Max(1, (fileBytes - InitBytes - OverheadBytes) / fragments)];
        for (var number = 0; number < recordings; number++)
        {
            var id = RecordingId.New();
            using var key = SecretKey.NewRandom();
            ring.Keys[id] = KeyRing.Wrap(id, key, day, dayKey);
            var part = WritePart(vault, id, ring.Keys[id].Id, key, due, fragments, payload);
            WriteRows(id, new BookingId($"ref-{number}"), part, due, states, reminders);
        }

        transaction.Commit();
        file.Write(ring);
        ring.Days.Remove(day); // disposed of above
    }

    private static void WriteRows(RecordingId id, BookingId booking, Part part, DateTimeOffset due, DbCommand states, DbCommand reminders)
    {
        var order = new RecordingOrder(booking, new RoomId("room-1"), new CameraId("camera-1"), due);
        var state = new RecordingState().Begin(order, Regulation, due - RegulationTerms.LongestRetention).Stop(part.Span.Until).CameraStopped([part]);
        var (n0, n1) = RecordingRows.KeyOf(id);
        states.Set(("@n0", n0), ("@n1", n1), ("@state", JsonSerializer.SerializeToUtf8Bytes(state, Options)));
        states.ExecuteNonQuery();
        var grain = GrainId.Create(GrainType.Create("recording"), GrainIdKeyExtensions.CreateGuidKey(id.Value));
        reminders.Set(("@grain", grain.ToString()), ("@start", due.UtcDateTime), ("@hash", (int)grain.GetUniformHashCode()));
        reminders.ExecuteNonQuery();
    }

    private static JsonSerializerOptions Options { get; } = StateJson.Configure(new JsonSerializerOptions());

    private static Part WritePart(VaultOptions vault, RecordingId recording, Guid keyId, SecretKey key, DateTimeOffset due, int fragments, byte[] payload)
    {
        var began = due - RegulationTerms.LongestRetention;
        var opening = new PartOpening(new PartId(recording, 1, 1), BenchSilo.Site, new RoomId("room-1"), new CameraId("camera-1"), began, due, began, "model-1");
        var (header, bytes) = PartHeader.Create(opening, keyId);
        using var cipher = new PartCipher(key, header);
        using var stream = File.Create(Path.Combine(vault.Folder, $"{recording.Value:N}-0001-0001{FileVault.PartExtension}"));
        stream.Write(bytes);
        Write(RecordKind.Init, 0, default, new byte[InitBytes]);
        for (var number = 1; number <= fragments; number++)
        {
            Write(RecordKind.Fragment, (uint)number, new FragmentFacts(began + ((number - 1) * Fragment), 0, Fragment, 30, Fragment), payload);
        }

        Write(RecordKind.Closed, (uint)fragments + 1, default, []);
        var length = fragments * Fragment;
        return new Part(opening.Part, new TimeRange(began, began + length), fragments, 30 * fragments, length, stream.Length, PartState.Closed);

        void Write(RecordKind kind, uint sequence, FragmentFacts facts, byte[] payload)
        {
            var frame = new RecordFrame(kind, sequence, payload.Length);
            var (plain, record) = (new byte[FragmentFacts.SizeInBytes], new byte[frame.RecordBytes]);
            facts.Write(plain);
            cipher.Seal(frame, plain, payload, record);
            stream.Write(record);
        }
    }
}
