using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Tests.Faults;

/// <summary>Recordings that fall due in the same moment, as so many talks of two silos would have left them: in the vault of one, of the other, or with a part in each.</summary>
internal sealed class DueRecordings
{
    private static readonly SiteId Site = new("town-hall");
    private static readonly RoomId Room = new("room-1");
    private static readonly CameraId Camera = new("camera-1");
    private static readonly RegulationInForce Regulation = new(new RegulationVersionId("model-1"), DateTimeOffset.UnixEpoch, RegulationTerms.NothingRecorded); // of its terms only the retention counts here

    private readonly Dictionary<RecordingId, RecordingState> states = [];

    /// <param name="count">How many.</param>
    /// <param name="due">When their term passes.</param>
    public DueRecordings(int count, DateTimeOffset due)
    {
        (Due, var began) = (due, due - RegulationTerms.LongestRetention);
        for (var number = 0; number < count; number++)
        {
            var recording = RecordingId.New();
            var order = new RecordingOrder(new BookingId($"ref-{number}"), Room, Camera, due);
            string[] vaults = (number % 3) switch { 0 => [TownNetwork.Servers[0]], 1 => [TownNetwork.Servers[1]], _ => TownNetwork.Servers };
            var parts = vaults.Select((vault, place) => new Part(
                new PartId(recording, place + 1, 1), new TimeRange(began.AddMinutes(place), began.AddMinutes(place + 1)), 1, 900, TimeSpan.FromMinutes(1), 0, PartState.Closed, Room, Camera, vault, MediaTracks.Picture | MediaTracks.Sound)).ToImmutableArray();
            var state = parts.Aggregate(new RecordingState().Begin(order, Regulation, began), (state, part) => state.KnowLease(new Lease(part.Id.Epoch, part.Vault), null));
            states[recording] = state.Stop(parts[^1].Span.Until).CameraStopped(parts);
        }
    }

    public DateTimeOffset Due { get; }

    public IReadOnlyCollection<RecordingId> Ids => states.Keys;

    public int PartsOf(RecordingId recording) => states[recording].Parts.Length;

    /// <summary>Puts into place what a silo has of them; at the first, also what the database has.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="data">Its folder.</param>
    /// <param name="address">The database.</param>
    public void Put(string silo, string data, PostgreSqlAddress address)
    {
        if (silo == TownNetwork.Servers[0])
        {
            PutRows(address);
        }

        var options = new VaultOptions(Path.Combine(data, "vault"), Path.Combine(data, "keys"), silo);
        var then = new FakeTimeProvider(Due - RegulationTerms.LongestRetention); // on a slow machine it is late for them now
        using var ring = KeyRing.Open(options, then);
        var vault = new FileVault(options, ring, then, NullLogger<FileVault>.Instance);
        Parallel.ForEach(states.Values.SelectMany(state => state.Parts).Where(part => part.Vault == silo), part => Write(vault, part).GetAwaiter().GetResult());
    }

    private async Task Write(FileVault vault, Part part)
    {
        await using var writer = await vault.Create(new PartOpening(part.Id, Site, Room, Camera, Due - RegulationTerms.LongestRetention, Due, part.Span.From, "model-1"));
        await writer.WriteInit(new byte[1024]);
        await writer.Append(new FragmentFacts(part.Span.From, 0, part.Span.Length, (int)part.VideoFrames, part.Sound), new byte[4096]);
        await writer.Close();
    }

    private void PutRows(PostgreSqlAddress address)
    {
        using var database = new PostgreSqlDatabase(address).MadeWhole();
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var rows = connection.Command("INSERT INTO OrleansStorage VALUES (@service, @type, @n0, @n1, '', @state, 1)", ("@service", SiloHost.ClusterName), ("@type", RecordingRow.GrainType));
        using var reminders = connection.Command(
            "INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version) VALUES (@service, @grain, 'expiry', @start, 60000, @hash, 0)",
            ("@service", SiloHost.ClusterName));
        var options = StateJson.Configure(new JsonSerializerOptions());
        foreach (var (recording, state) in states)
        {
            var (n0, n1) = RecordingRows.KeyOf(recording);
            rows.Set(("@n0", n0), ("@n1", n1), ("@state", JsonSerializer.SerializeToUtf8Bytes(state, options)));
            rows.ExecuteNonQuery();
            var grain = GrainId.Create(GrainType.Create(RecordingRow.GrainType), GrainIdKeyExtensions.CreateGuidKey(recording.Value));
            reminders.Set(("@grain", grain.ToString()), ("@start", Due.UtcDateTime), ("@hash", (int)grain.GetUniformHashCode()));
            reminders.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
