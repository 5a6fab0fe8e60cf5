using System.Text;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Silo.Vault.Checking;
using RecordingCluster.Tests.Audit;

namespace RecordingCluster.Tests.Vault;

/// <summary>Files, ring, rows and certificates that do not tell the same story: each difference has one name.</summary>
public sealed class VaultComparisonTests : IDisposable
{
    private static readonly DateTimeOffset Now = TestTrail.Nine;
    private static readonly DateTimeOffset Due = Now.AddDays(3);
    private static readonly PartId Part = new(RecordingId.New(), 1, 1);
    private static readonly SeenPart Sound = new(Part, Due, true, 5, PartState.Closed, null);
    private static readonly RecordingRow Row = new(Part.Recording, Due, false, [Known(Part, 5)]);

    private readonly TestTrail trail = new();

    public void Dispose() => trail.Dispose();

    [Fact]
    public void What_tells_the_same_story_has_no_finding() =>
        Assert.Equal([], Find(Sight(parts: [Sound], keys: [Part.Recording], rows: [Row], certificates: [Signed(RecordingId.New())])));

    [Fact]
    public void What_a_silo_is_doing_just_now_is_no_finding()
    {
        var writing = Sound with { State = PartState.Open, Fragments = 9 };
        var justDue = Sound with { ExpiresAt = Now };

        Assert.Equal([], Find(Sight(parts: [writing], keys: [Part.Recording], rows: [Row with { IsOpen = true }])));
        Assert.Equal([], Find(Sight(parts: [justDue], keys: [Part.Recording], rows: [Row with { ExpiresAt = Now }])));
        Assert.Equal([], Find(Sight(rows: [Row], erasing: (Part.Recording, Now))));
    }

    [Fact]
    public void Each_difference_is_named()
    {
        var late = Now.AddHours(-1);
        Assert.Equal(["Overdue"], Find(Sight(parts: [Sound with { ExpiresAt = late }], rows: [Row with { ExpiresAt = late }], keys: [Part.Recording])));
        Assert.Equal(["Missing"], Find(Sight(rows: [Row with { ExpiresAt = late }])));
        Assert.Equal(["Missing"], Find(Sight(rows: [Row], keys: [Part.Recording])));
        Assert.Equal(["Missing"], Find(Sight(parts: [Sound with { HasKey = false }], rows: [Row])));
        Assert.Equal(["Missing"], Find(Sight(erasing: (Part.Recording, late))));
        Assert.Equal(["Surplus"], Find(Sight(parts: [Sound], keys: [Part.Recording])));
        Assert.Equal(["Surplus"], Find(Sight(parts: [Sound], keys: [Part.Recording], rows: [Row with { Parts = [] }])));
        Assert.Equal(["Surplus"], Find(Sight(keys: [Part.Recording])));
        Assert.Equal(["Surplus"], Find(Sight(strays: ["notes.txt"])));
        Assert.Equal(["Surplus"], Find(Sight(parts: [Sound with { HasKey = false }], certificates: [Signed(Part.Recording)])));
        Assert.Equal(["Surplus"], Find(Sight(keys: [Part.Recording], certificates: [Signed(Part.Recording)])));
        Assert.Equal(["Surplus"], Find(Sight(erasing: (Part.Recording, late), certificates: [Signed(Part.Recording)])));
        Assert.Equal(["Torn"], Find(Sight(parts: [Sound with { Fault = "does not open" }], keys: [Part.Recording], rows: [Row])));
        Assert.Equal(["Torn"], Find(Sight(parts: [Sound with { Fragments = 4 }], keys: [Part.Recording], rows: [Row])));
        Assert.Equal(["Torn"], Find(Sight(parts: [Sound with { State = PartState.Open }], keys: [Part.Recording], rows: [Row])));
    }

    [Fact]
    public void A_copy_must_be_there_and_hold_what_was_told_of_it_and_may_be_open()
    {
        var row = Row with { Parts = [Known(Part, 5) with { Vault = "silo-1" }], Copies = [new PartCopy(Part, "silo-2", 5, Now, IsWhole: true)] };
        var copy = Sound with { IsCopy = true };

        Assert.Null(row.In("silo-3"));
        Assert.Equal([], Find(Sight(parts: [Sound], keys: [Part.Recording], rows: [row.In("silo-1")!])));
        Assert.Equal([], Find(Sight(parts: [copy], keys: [Part.Recording], rows: [row.In("silo-2")!])));
        Assert.Equal([], Find(Sight(parts: [copy with { State = PartState.Open }], keys: [Part.Recording], rows: [row.In("silo-2")!])));
        Assert.Equal(["Torn"], Find(Sight(parts: [copy with { Fragments = 4 }], keys: [Part.Recording], rows: [row.In("silo-2")!])));
        Assert.Equal(["Missing"], Find(Sight(rows: [row.In("silo-2")!])));
    }

    [Fact]
    public void The_words_of_a_certificate_name_copies_and_are_those_of_before_where_there_were_none()
    {
        var (without, copy) = (Signed(Part.Recording), new ErasedPart(Part, 7, "ab", CopyIn: "silo-2"));

        var with = without with { Parts = [copy with { CopyIn = null }, copy] };

        Assert.StartsWith("recording-cluster certificate 1\n", Encoding.UTF8.GetString((with with { Parts = [copy with { CopyIn = null }] }).Words()), StringComparison.Ordinal);
        Assert.StartsWith("recording-cluster certificate 2\n", Encoding.UTF8.GetString(with.Words()), StringComparison.Ordinal);
        Assert.Contains($"part: {Part} 7 ab\npart: {Part} 7 ab copy in silo-2\n", Encoding.UTF8.GetString(with.Words()), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificates_are_single_signed_chained_and_say_that_it_is_gone()
    {
        var first = Signed(RecordingId.New());
        var second = Signed(RecordingId.New(), first);

        Assert.Equal([], Find(Sight(certificates: [first, second])));
        Assert.Equal(["Certificate"], Find(Sight(certificates: [second])));
        Assert.Equal(["Certificate", "Certificate"], Find(Sight(certificates: [first with { Room = "other" }, second]))); // not signed so, and the next names another
        Assert.Equal(["Certificate"], Find(Sight(certificates: [first, Signed(first.Recording, first)])));
        Assert.Equal(["Certificate"], Find(Sight(certificates: [Signed(RecordingId.New(), opens: true)])));
    }

    private List<string> Find(VaultSight sight)
    {
        using var seals = trail.Seals();
        return [.. VaultComparison.Find(sight, seals).Select(finding => finding.Kind.ToString())];
    }

    private static VaultSight Sight(
        IReadOnlyList<SeenPart>? parts = null, IReadOnlyList<string>? strays = null, (RecordingId, DateTimeOffset)? erasing = null, RecordingId[]? keys = null,
        IReadOnlyList<RecordingRow>? rows = null, IReadOnlyList<Certificate>? certificates = null) => new(
        Now, parts ?? [], strays ?? [], erasing is var (recording, at) ? new Dictionary<RecordingId, DateTimeOffset> { [recording] = at } : [], (keys ?? []).ToHashSet(), rows ?? [], certificates ?? []);

    private static Part Known(PartId id, int fragments) => new(id, new TimeRange(Now, Now.AddMinutes(1)), fragments, 1, TimeSpan.FromSeconds(1), 100, PartState.Closed);

    private Certificate Signed(RecordingId recording, Certificate? before = null, bool opens = false)
    {
        var certificate = new Certificate
        {
            Number = before is null ? 1 : before.Number + 1, Recording = recording, Site = "town-hall", Room = "room-1", RegulationVersion = "model-1", Reason = ErasureReason.TermPassed, By = ErasedBy.Reminder,
            Span = new TimeRange(Now, Now.AddMinutes(1)), DueAt = Now, ErasedAt = Now, Parts = [], KeyId = Guid.NewGuid(), RingGeneration = 2, Method = "", OpensAfterwards = opens, Check = "", Limits = "",
            Storage = "", Previous = before?.HashOfWords() ?? AuditChain.Beginning,
        };
        return certificate with { Seal = SiloSeal.Of(certificate.Words(), trail.Silo) };
    }
}
