using System.Collections.Immutable;
using System.Reflection;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Architecture;
using RecordingCluster.Tests.Regulations;

namespace RecordingCluster.Tests.Cluster;

/// <summary>Each operation called as each role and as nobody: allowed and refused exactly as the approved table says (R15).</summary>
public sealed class CallTableTests
{
    private static readonly TimeRange Window = new(TestCluster.Nine, TestCluster.Nine.AddMinutes(30));

    private static readonly RecordingId Recording = new(new Guid("01a212db-6ac9-7cef-8004-cf6a35287e95"));

    // One of each kind of argument, each in order by itself.
    private static readonly ImmutableDictionary<Type, object> Samples = new object[]
    {
        1, 1L, true, TestCluster.Nine, TimeSpan.FromMinutes(15),
        new BookingId("ref-1"), new RoomId("room-1"), new AccessRequestId(Recording.Value), Recording,
        new DateOnly(2026, 11, 23), Window, RefusalReason.NotNecessary, TrailUse.Check, WithdrawalReason.GivenInError, BackQuestion.CasePending, new BackReply(BackAnswer.Pending, null), TestCluster.Deputy, ViewingTicket.Of("a ticket"u8),
        new LetterNotice(new DateOnly(2026, 11, 23), "model-1", Language.Dutch), CameraOffChoice.AlarmButton, ObjectionKind.Informal, RejectionReason.RiskStands, Risk.Raised, RiskAssessment.Normal,
        new BookingRequest(Window, RiskAssessment.Normal),
        new AccessQuestion(Recording, Window, Purpose.Complaint, new CaseReference("case-1")),
        new SignedGrant(
            new GrantStatement(new AccessRequestId(Recording.Value), Recording, new Grant("administrator-1", Window, 1, TestCluster.Nine.AddDays(1), "secretary-1", TestCluster.Nine)),
            new PasskeySignature([1], [1], [1], [1])),
        new KeptRequest(new AccessRequestId(Recording.Value), "administrator-1", TestCluster.Nine, TestCluster.Nine.AddDays(14), IsOpen: true),
        new AppointmentId(Recording.Value),
        new AppointmentWish("deputy-1", new DeputyDays(new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 23))),
        new SignedAppointment(
            new Appointment(new AppointmentId(Recording.Value), "deputy-1", new DeputyDays(new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 23)), "secretary-1", TestCluster.Nine),
            new PasskeySignature([1], [1], [1], [1])),
        new AuditNote("silo", "test", "test", "silo", AuditResult.Done, null, "{}"),
        new RecordingOrder(new BookingId("ref-1"), new RoomId("room-1"), new CameraId("camera-1"), TestCluster.Nine.AddHours(1)),
        new CaptureOrder(Recording, TestCluster.Site, new RoomId("room-1"), TestCluster.Nine, TestCluster.Nine.AddDays(14), TestCluster.Nine.AddHours(1), "model-1"),
        new CaptureHealth(new PartId(Recording, 1, 1), TestCluster.Nine, 15, 500, 8000, null),
        new RoomTalk(new BookingId("ref-1"), null),
        new KeptRecording(Recording, TestCluster.Nine.AddDays(14)),
        ImmutableArray<Part>.Empty,
        Switchable.Sound, SwitchOffReason.NotNecessary, Language.Dutch, new AmendmentId(Recording.Value), ImmutableArray.Create(ArticleId.Sound),
        TestRegulation.First, TestRegulation.Content, TestRegulation.Document, AdviceKind.Positive,
    }.ToImmutableDictionary(sample => sample.GetType());

    [Fact]
    public void The_table_of_operations_and_roles_is_the_approved_one() => Approved.Equal("grain-rules", CallTable.Write());

    [Fact]
    public async Task Every_operation_lets_in_whom_the_table_names_and_refuses_everyone_else_with_one_line_in_the_trail()
    {
        await using var cluster = await TestCluster.Start();
        var table = Approved.Read("grain-rules").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => words[0], words => words[2..]);
        var wrong = new List<string>();
        var refused = 0;
        foreach (var method in CallTable.Methods)
        {
            var allowed = table[CallTable.NameOf(method)];
            foreach (var caller in CallTable.Callers.Append(Caller.Silo).Append(null))
            {
                var expected = caller is not null && allowed.Intersect(CallerToken.NamesOf(caller.Roles)).Any();
                refused += expected ? 0 : 1;
                if (await IsLetIn(cluster, method, caller) != expected)
                {
                    wrong.Add($"{CallTable.NameOf(method)} as {caller?.ToString() ?? "nobody"} should be {(expected ? "let in" : "refused")}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(refused, await Refusals(cluster));
        Assert.Equal(CallTable.Methods.Length, table.Count);
    }

    private static async Task<bool> IsLetIn(TestCluster cluster, MethodInfo method, Caller? caller)
    {
        using var _ = caller is null ? null : TestCluster.As(caller);
        var key = method.DeclaringType!;
        var grain = key.IsAssignableTo(typeof(IGrainWithGuidKey))
            ? cluster.Client.GetGrain(key, Recording.Value)
            : cluster.Client.GetGrain(key, key == typeof(IAuditTrailGrain) || key == typeof(ITownHallGrain) || key == typeof(IDeputiesGrain) || key == typeof(IRegulationGrain) ? TestCluster.Site.Value : key == typeof(IRoomGrain) ? "room-1" : key == typeof(ICameraGrain) ? "camera-1" : "ref-1");
        try
        {
            await (Task)method.Invoke(grain, [.. method.GetParameters().Select(parameter => Samples.GetValueOrDefault(parameter.ParameterType))])!;
            return true;
        }
        catch (RecordingClusterException denied) when (denied.Kind == ErrorKind.Denied)
        {
            return false;
        }
        catch (Exception)
        {
            // Let in, and then told that the sample makes no sense to the grain.
            return true;
        }
    }

    // Counted from the table itself: what was let in and refused by the grain has an opening entry, and is no refusal of this kind.
    private static async Task<int> Refusals(TestCluster cluster)
    {
        using var _ = TestCluster.As(TestCluster.Officer);
        var count = 0;
        for (var from = 1L; ; from += 1000)
        {
            var entries = await cluster.Client.GetGrain<IAuditTrailGrain>(TestCluster.Site.Value).Read(from, 1000);
            count += entries.Count(entry => entry is { Result: AuditResult.Refused, Opening: null });
            if (entries.Length < 1000)
            {
                return count;
            }
        }
    }
}
