using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tests.Cluster;

/// <summary>What must be so after each command, kept as simply as the rules can be said.</summary>
internal sealed class Model(TestCluster cluster)
{
    private const Roles Holders = Roles.BookingSystem | Roles.Official;

    private const int Most = 1000;

    private readonly Talk[] talks = [new(), new(), new()];
    private readonly Dictionary<RoomId, DateOnly> stickers = [];
    private readonly Dictionary<RecordingId, (DateTimeOffset StartedAt, HashSet<PartId> Parts)> recordings = [];
    private long before;
    private int deeds;
    private int denials;

    private DateTimeOffset Now => cluster.Clock.GetUtcNow();

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(Now, "Europe/Amsterdam").DateTime);

    /// <summary>What was done before, a regulation activated, is not counted.</summary>
    public async Task Begin() => before = (await Trail()).Count + 1;

    public async Task Book(Step step)
    {
        var talk = talks[step.Talk];
        if (talk.Id is { } earlier && (await cluster.Read(earlier)).Stage is BookingStage.Booked or BookingStage.Talking)
        {
            return;
        }

        var (id, assessment) = (new BookingId(Guid.NewGuid().ToString()), Assessment(step.Number));
        var request = new BookingRequest(new TimeRange(Now, Now.AddMinutes(30)), assessment);
        if (await Deed(step.Who ?? TestCluster.Official, Holders, () => Booking(id).Book(request)) is BookOutcome.Given given)
        {
            talks[step.Talk] = new Talk { Id = id, Risk = assessment };
            await (step.Number % 4 > 0 ? Letter(step) : Task.CompletedTask);
            await (step.Number % 8 > 1 ? CheckSticker(given.Room, step.Who) : Task.CompletedTask);
        }
    }

    public Task Letter(Step step) => With(step, async (talk, booking, view) =>
    {
        var letter = new LetterNotice(Today, "model-1", Language.Dutch);
        if (await Done(step.Who ?? TestCluster.BookingSystem, Holders, () => booking.RecordLetter(letter)) && view.Stage == BookingStage.Booked)
        {
            talk.HasLetter = true;
        }
    });

    public Task Sticker(Step step) => With(step, (_, _, view) => CheckSticker(view.Room!.Value, step.Who));

    public Task Start(Step step) => With(step, async (talk, booking, view) =>
    {
        Language? spoken = step.Number % 8 == 7 ? null : Language.English;
        var outcome = await Deed(step.Who ?? TestCluster.Official, Holders, () => booking.StartTalk(spoken));
        if (outcome is StartOutcome.NoticesMissing refused)
        {
            // A talk that is not to be recorded lacks no notice; it may lack the confirmation.
            var needsNone = talk.Risk.Risk == Risk.Normal || talk.Objections.Values.Any(isUpheld => isUpheld == true);
            Assert.Equal(
                (needsNone || HasSticker(view), needsNone || talk.HasLetter, needsNone || spoken is not null),
                (!Lacks(NoticeKind.Sticker), !Lacks(NoticeKind.Letter), !Lacks(NoticeKind.Spoken)));
            Assert.Equal(talk.Risk.NeedsConfirmation && !talk.IsConfirmed, refused.NeedsConfirmation);
        }
        else if (outcome is StartOutcome.Started started)
        {
            // None without assessment and notices, and none against which somebody objects.
            Assert.True(talk.Risk.Risk == Risk.Raised && HasSticker(view) && talk.HasLetter && spoken is not null && (talk.IsConfirmed || !talk.Risk.NeedsConfirmation));
            Assert.True(talk.Objections.Values.All(isUpheld => isUpheld == false));
            recordings[started.Recording] = (Now, []);
            talk.Recording = started.Recording;
        }

        bool Lacks(NoticeKind notice) => ((StartOutcome.NoticesMissing)outcome).Missing.Contains(notice);
    });

    public Task StartUnrecorded(Step step) => With(step, async (talk, booking, view) =>
    {
        var outcome = await Deed(step.Who ?? TestCluster.Official, Holders, booking.StartUnrecorded);
        if (view.Stage == BookingStage.Booked && outcome is StartOutcome.NotRecorded)
        {
            Assert.True(talk.Risk.Risk == Risk.Normal || !HasSticker(view) || !talk.HasLetter || talk.Objections.Values.Any(isUpheld => isUpheld != false));
        }
    });

    public Task Stop(Step step) => With(step, (_, booking, _) => Deed(step.Who ?? TestCluster.Official, Holders, booking.StopTalk));

    public Task Object(Step step) => With(step, async (talk, booking, _) =>
    {
        if (await Deed(step.Who ?? TestCluster.BookingSystem, Holders, () => booking.RecordObjection((ObjectionKind)(step.Number % 3))) is ObjectOutcome.Open { Objection.Number: var number })
        {
            talk.Objections[number] = null;
        }
    });

    public Task Uphold(Step step) => Decide(step, true, (booking, number) => booking.UpholdObjection(number));

    public Task Reject(Step step) => Decide(step, false, (booking, number) => booking.RejectObjection(number, RejectionReason.RiskStands));

    public Task Confirm(Step step) => With(step, async (talk, booking, view) =>
    {
        var who = step.Who ?? TestCluster.Colleague;
        if (await Deed(who, Roles.Official, booking.ConfirmAssessment) is ConfirmOutcome.Confirmed && !talk.IsConfirmed)
        {
            Assert.NotEqual(view.Assessments[^1].By, who.Subject);
            talk.IsConfirmed = true;
        }
    });

    public Task Reassess(Step step) => With(step, async (talk, booking, _) =>
    {
        var assessment = Assessment(step.Number);
        if (await Deed(step.Who ?? TestCluster.Official, Holders, () => booking.Reassess(assessment)) is BookOutcome.Given && assessment != talk.Risk)
        {
            (talk.Risk, talk.IsConfirmed) = (assessment, false);
        }
    });

    public Task Swap(Step step) => With(step, (_, booking, _) =>
        Deed(step.Who ?? TestCluster.Official, Holders, () => booking.SwapRoom(new RoomId($"room-{1 + (step.Number % 4)}"))));

    public Task Lengthen(Step step) => With(step, (_, booking, _) => Deed(step.Who ?? TestCluster.Official, Holders, () => booking.Lengthen(Now.AddMinutes(step.Number * 2))));

    public Task Cancel(Step step) => With(step, (_, booking, _) => Deed(step.Who ?? TestCluster.BookingSystem, Holders, booking.Cancel));

    public Task Ask(Step step) => With(step, async (talk, _, _) =>
    {
        if (talk.Recording is not { } recording || await cluster.Read(recording) is not { StartedAt: { } started })
        {
            return;
        }

        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        var question = new AccessQuestion(recording, new TimeRange(started, started.AddSeconds(30)), Purpose.Complaint, new CaseReference("case-1"));
        var who = step.Who ?? TestCluster.Administrator;
        if (await Deed(who, Roles.CameraAdministrator, () => request.Ask(question)) is AskOutcome.Asked)
        {
            (talk.Request, talk.Asker, talk.GrantedUntil, talk.IsLooking) = (request, who, null, false);
        }
    });

    public Task Approve(Step step) => WithRequest(step, async (talk, request) =>
    {
        // Drawing up is a query; handing it in is the deed. The demo's passkeys sign for the secretary alone.
        using (TestCluster.As(TestCluster.Secretary))
        {
            if (await request.Draft() is not DraftOutcome.Drawn)
            {
                return;
            }
        }

        deeds++;
        if (await cluster.Approve(request) is Decision.Approved { Grant.ValidUntil: var until })
        {
            talk.GrantedUntil ??= until;
        }
    });

    public Task Refuse(Step step) => WithRequest(step, (_, request) => Deed(step.Who ?? TestCluster.Secretary, RoleRules.Deciders, () => request.Refuse(RefusalReason.NotNecessary)));

    public Task Withdraw(Step step) => WithRequest(step, async (talk, request) =>
    {
        if (await Deed(step.Who ?? TestCluster.Secretary, RoleRules.Deciders | Roles.DataProtectionOfficer, () => request.Withdraw(WithdrawalReason.GivenInError)) is { Refusal: null })
        {
            (talk.GrantedUntil, talk.IsLooking) = (DateTimeOffset.MinValue, false);
        }
    });

    public Task BeginViewing(Step step) => WithRequest(step, async (talk, request) =>
    {
        var who = step.Who ?? talk.Asker!;
        if (await Deed(who, Roles.CameraAdministrator, () => request.BeginViewing(Ticket)) is BeginViewingOutcome.Begun)
        {
            Assert.True(MayLook(talk, who));
            talk.IsLooking = true;
        }
    });

    // Serving is a query: each fragment would be a line of the trail otherwise.
    public Task Serve(Step step) => WithRequest(step, async (talk, request) =>
    {
        using var _ = TestCluster.As(TestCluster.Administrator);
        var (started, _) = recordings[talk.Recording!.Value];
        if (await request.Serve(1, Ticket, new TimeRange(started, started.AddSeconds(10))) is null)
        {
            Assert.True(talk.IsLooking && MayLook(talk, TestCluster.Administrator), "a stretch was served without a live grant");
        }
    });

    public Task Minutes(Step step) => Advance(TimeSpan.FromMinutes(step.Number));

    public Task Days(Step step) => Advance(TimeSpan.FromHours(step.Number * 5));

    public Task Sweep() => cluster.Sweep();

    /// <summary>Nothing can be read past fourteen days, whether or not erasure has run, and nothing of what was erased by decision.</summary>
    public void CheckTerms()
    {
        foreach (var part in recordings.Values.Where(recording => Now >= recording.StartedAt.AddDays(14)).SelectMany(recording => recording.Parts))
        {
            Assert.Equal(ErrorKind.NotFound, Assert.Throws<RecordingClusterException>(() => cluster.Vault.Open(part).Dispose()).Kind);
        }
    }

    /// <summary>A term later all is gone with one certificate each, and the trail has each deed opened once and closed once.</summary>
    public async Task CheckTheEnd()
    {
        await Advance(TimeSpan.FromDays(15));
        await cluster.Sweep();
        CheckTerms();
        var trail = await Trail();
        Assert.All(recordings.Keys, recording => Assert.Single(trail, entry => entry.Deed == "certificate" && entry.Subject == recording.ToString()));
        Assert.True(recordings.Count == 0 || !Directory.EnumerateFiles(cluster.VaultFolder).Any());

        var opened = trail.Where(entry => entry.Result == AuditResult.Opened).Select(entry => (long?)entry.Number).SkipLast(1).ToList(); // this reading is open
        Assert.Equal(opened, trail.Where(entry => entry.Opening is not null).Select(entry => entry.Opening).Order());
        Assert.Equal(deeds, opened.Count);

        // Without the cluster's own calls that a jump of the clock overtook on their way, such as to a reminder: they are refused as too old.
        var denied = trail.Where(entry => entry is { Result: AuditResult.Refused, Opening: null } && !entry.Detail.Contains("a token whose time has passed", StringComparison.Ordinal)).ToList();
        Assert.True(denials == denied.Count, $"{denials} were not let in, and the trail has: {string.Join('\n', denied)}");
    }

    private static ViewingTicket Ticket => ViewingTicket.Of("a ticket"u8);

    private static RiskAssessment Assessment(int number) => (number % 8) switch
    {
        0 => RiskAssessment.Normal,
        1 => new RiskAssessment(Risk.Raised, [RiskGround.Other], [Alternative.NoneSuffices]),
        _ => new RiskAssessment(Risk.Raised, [RiskGround.Threat], [Alternative.NoneSuffices]),
    };

    private bool HasSticker(BookingView view) => stickers.GetValueOrDefault(view.Room!.Value) == Today;

    private bool MayLook(Talk talk, Caller who) =>
        who == talk.Asker && Now < talk.GrantedUntil && Now < recordings[talk.Recording!.Value].StartedAt.AddDays(14) && talk.Objections.Values.All(isUpheld => isUpheld == false);

    private async Task CheckSticker(RoomId room, Caller? who)
    {
        if (await Done(who ?? TestCluster.Reception, Roles.Official | Roles.Reception, cluster.Client.Room(room).CheckSticker))
        {
            stickers[room] = Today;
        }
    }

    private Task Decide(Step step, bool isUpheld, Func<IBookingGrain, int, Task<ObjectionOutcome>> decide) => With(step, async (talk, booking, view) =>
    {
        var (who, number) = (step.Who ?? TestCluster.Colleague, 1 + (step.Number % 3));
        var outcome = await Deed(who, Roles.Official, () => decide(booking, number));
        if (outcome is ObjectionOutcome.Upheld or ObjectionOutcome.Rejected && talk.Objections[number] is null)
        {
            Assert.True(view.Interviewer != who.Subject && view.Assessments.All(made => made.By != who.Subject));
            talk.Objections[number] = isUpheld;
        }
    });

    private async Task Advance(TimeSpan time)
    {
        foreach (var (recording, (_, parts)) in recordings)
        {
            parts.UnionWith((await cluster.Read(recording)).Parts.Select(part => part.Id));
        }

        cluster.Clock.Advance(time);
    }

    private async Task<List<AuditRecord>> Trail()
    {
        using var _ = TestCluster.As(TestCluster.Officer);
        var trail = new List<AuditRecord>();
        while (true)
        {
            var entries = await cluster.Client.AuditTrail(TestCluster.Site).Read(trail.Count + 1, Most);
            trail.AddRange(entries);
            if (entries.Length < Most)
            {
                return [.. trail.Where(entry => entry.Number > before)];
            }

            deeds++; // each reading but the last is a deed that is closed
        }
    }

    private async Task With(Step step, Func<Talk, IBookingGrain, BookingView, Task> act)
    {
        if (talks[step.Talk] is { Id: { } id } talk)
        {
            await act(talk, Booking(id), await cluster.Read(id));
        }
    }

    private Task WithRequest(Step step, Func<Talk, IAccessRequestGrain, Task> act) =>
        talks[step.Talk] is { Request: { } request } talk ? act(talk, request) : Task.CompletedTask;

    private IBookingGrain Booking(BookingId id) => cluster.Client.Booking(id);

    private Task<bool> Done(Caller who, Roles allowed, Func<Task> call) => Deed(who, allowed, async () =>
    {
        await call();
        return true;
    });

    // Let in it is a deed of the trail, whatever its grain answers; not let in it is one line.
    private async Task<T?> Deed<T>(Caller who, Roles allowed, Func<Task<T>> call)
    {
        using var _ = TestCluster.As(who);
        if (!who.Has(allowed))
        {
            denials++;
            Assert.Equal(ErrorKind.Denied, (await Assert.ThrowsAsync<RecordingClusterException>(call)).Kind);
            return default;
        }

        deeds++;
        try
        {
            return await call();
        }
        catch (RecordingClusterException refused) when (refused.Kind is ErrorKind.Conflict or ErrorKind.NotFound or ErrorKind.InvalidInput or ErrorKind.Denied)
        {
            return default;
        }
    }

    /// <summary>What the model knows of a talk: what was said to the cluster and taken, and nothing that the cluster works out.</summary>
    private sealed class Talk
    {
        public BookingId? Id { get; init; }

        public RiskAssessment Risk { get; set; } = RiskAssessment.Normal;

        public bool IsConfirmed { get; set; }

        public bool HasLetter { get; set; }

        public RecordingId? Recording { get; set; }

        /// <summary>By number: null while it is open, then whether it was upheld.</summary>
        public Dictionary<int, bool?> Objections { get; } = [];

        public IAccessRequestGrain? Request { get; set; }

        public Caller? Asker { get; set; }

        public DateTimeOffset? GrantedUntil { get; set; }

        public bool IsLooking { get; set; }
    }
}
