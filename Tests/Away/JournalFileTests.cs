using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Silo.Away;
using RecordingCluster.Tests.Security;

namespace RecordingCluster.Tests.Away;

/// <summary>What a silo's journal keeps is there after a crash, for its owner alone, and nobody else's word is taken for it.</summary>
public sealed class JournalFileTests : IDisposable
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly TestCertificates certificates = new();

    private string Entries => folder[Path.Combine("journal", "entries")];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_kept_is_there_in_its_order_and_once_however_often_it_is_given()
    {
        var (first, second) = (Entry(Started()), Entry(new AwayDeed.Stopped()));
        var journal = Open();

        await journal.Keep(first);
        await journal.Keep(second);
        await journal.Keep(first);

        Assert.Equal([first, second], Open().Waiting);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Entries));
    }

    [Fact]
    public async Task What_is_entered_is_let_go_of()
    {
        var (first, second) = (Entry(Started()), Entry(new AwayDeed.Stopped()));
        var journal = Open();
        await journal.Keep(first);
        await journal.Keep(second);

        journal.Forget([first.Id]);

        Assert.Equal([second], journal.Waiting);
        Assert.Equal([second], Open().Waiting);
    }

    [Theory]
    [InlineData("a letter of the entry", 0)]
    [InlineData("a letter of the signature", 1)]
    [InlineData("another silo's certificate", 2)]
    [InlineData("the signature left out", 3)]
    public async Task A_line_that_the_silo_did_not_write_so_is_not_entered_and_kept_aside(string what, int change)
    {
        var journal = Open();
        await journal.Keep(Entry(Started()));
        var whole = Entry(new AwayDeed.Stopped());
        await journal.Keep(whole);
        var lines = await File.ReadAllLinesAsync(Entries, TestContext.Current.CancellationToken);
        var fields = lines[0].Split(' ');
        fields[Math.Min(change, 2)] = change switch
        {
            0 => Convert.ToBase64String(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Convert.FromBase64String(fields[0])).Replace("ref-1", "ref-2", StringComparison.Ordinal))),
            1 => (fields[1][0] == 'A' ? 'B' : 'A') + fields[1][1..],
            2 => Convert.ToBase64String(TestCertificates.Make("silo-2").RawData),
            _ => "",
        };
        await File.WriteAllLinesAsync(Entries, [string.Join(' ', fields), lines[1]], TestContext.Current.CancellationToken);

        var opened = Open();

        Assert.True(opened.IsDamaged, what);
        Assert.Equal([whole], opened.Waiting);
    }

    [Fact]
    public async Task A_disk_that_does_not_take_it_is_said()
    {
        await File.WriteAllTextAsync(folder["journal"], "in the way", TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<RecordingClusterException>(() => Open().Keep(Entry(new AwayDeed.Stopped())));

        Assert.Equal(ErrorKind.Unavailable, refusal.Kind);
    }

    private JournalFile Open() => new(null, folder["journal"], certificates, () => SealCheck.By(certificates.Own.ExportCertificatePem()), NullLogger<JournalFile>.Instance);

    private static JournalEntry Entry(AwayDeed deed) => new(
        JournalEntryId.New(), Nine, new BookingId("ref-1"), new AuditNote("official-1 (Official)", "booking/start", "booking/ref-1", "portal", AuditResult.Done, null, "{}"), deed);

    private static AwayDeed.Started Started()
    {
        var (room, camera) = (new RoomId("room-1"), new CameraId("camera-1"));
        return new AwayDeed.Started(
            new RecordingOrder(new BookingId("ref-1"), room, camera, Nine.AddHours(1)),
            new CaptureOrder(RecordingId.New(), new SiteId("town-hall"), room, Nine, Nine.AddDays(14), Nine.AddHours(1), "model-1"),
            new Lease(3, "silo-1"),
            new SpokenNotice(Language.Dutch, "official-1", Nine));
    }
}
