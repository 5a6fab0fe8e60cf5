using System.Collections.Immutable;
using System.Reflection;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Regulations;

namespace RecordingCluster.Tests.Cluster;

/// <summary>A call of each operation there is, with one of each kind of argument, each in order by itself.</summary>
internal static class CallSamples
{
    private static readonly TimeRange Window = new(TestCluster.Nine, TestCluster.Nine.AddMinutes(30));

    private static readonly RecordingId Recording = new(new Guid("01a212db-6ac9-7cef-8004-cf6a35287e95"));

    public static ImmutableDictionary<Type, object> Samples { get; } = new object[]
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
        new PartCopy(new PartId(Recording, 1, 1), "silo-2", 0, TestCluster.Nine, IsWhole: false),
        new VaultSpace("silo-2", true),
        new PartToCopy(
            new PartId(Recording, 1, 1), "silo-2", TestCluster.Site, new RoomId("room-1"), new CameraId("camera-1"), TestCluster.Nine, TestCluster.Nine.AddDays(14), TestCluster.Nine, "model-1", MediaTracks.Picture, 0),
        ImmutableArray<Part>.Empty, ImmutableArray<JournalEntry>.Empty, new JournalEntryId(Recording.Value), new Lease(1, null),
        new JournalEntry(new JournalEntryId(Recording.Value), TestCluster.Nine, new BookingId("ref-1"), new AuditNote("silo", "test", "test", "silo", AuditResult.Done, null, "{}"), new AwayDeed.None()),
        Switchable.Sound, SwitchOffReason.NotNecessary, Language.Dutch, new AmendmentId(Recording.Value), ImmutableArray.Create(ArticleId.Sound),
        TestRegulation.First, TestRegulation.Content, TestRegulation.Document, AdviceKind.Positive,
    }.ToImmutableDictionary(sample => sample.GetType());

    /// <summary>The samples for an operation; null where it takes what no caller gives.</summary>
    public static object?[] For(MethodInfo method) => [.. method.GetParameters().Select(parameter => Samples.GetValueOrDefault(parameter.ParameterType))];

    /// <summary>Calls an operation, with other arguments and another key where they are given.</summary>
    public static Task Call(IGrainFactory grains, MethodInfo method, object?[]? arguments = null, string? key = null)
    {
        var contract = method.DeclaringType!;
        var grain = contract.IsAssignableTo(typeof(IGrainWithGuidKey)) ? grains.GetGrain(contract, Recording.Value) : grains.GetGrain(contract, key ?? KeyOf(contract));
        return (Task)method.Invoke(grain, arguments ?? For(method))!;
    }

    private static string KeyOf(Type contract) =>
        contract == typeof(IRoomGrain) ? "room-1"
        : contract == typeof(ICameraGrain) ? "camera-1"
        : contract == typeof(IAuditTrailGrain) || contract == typeof(ITownHallGrain) || contract == typeof(IDeputiesGrain) || contract == typeof(IRegulationGrain) ? TestCluster.Site.Value
        : "ref-1";
}
