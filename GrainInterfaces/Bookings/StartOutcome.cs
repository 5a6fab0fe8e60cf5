using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>What became of starting a talk.</summary>
[GenerateSerializer, Immutable, Alias("start-outcome")]
public abstract record StartOutcome : IOutcome
{
    private StartOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>Picture and sound are being recorded: the first fragment is on disk.</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.started")]
    public sealed record Started(RecordingId Recording) : StartOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>It was started before; that start is the one that counts.</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.already-started")]
    public sealed record AlreadyStarted(RecordingId Recording) : StartOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>The talk is held and nothing is recorded: its risk is normal (R2), or that was chosen for a reason that stands.</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.not-recorded")]
    public sealed record NotRecorded(WhyUnrecorded Why) : StartOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>Not all three notices stand (R3), or a second official has not confirmed the assessment: all that is missing at once.</summary>
    /// <param name="Missing">The notices.</param>
    /// <param name="NeedsConfirmation">The ground Other waits for a second official.</param>
    [GenerateSerializer, Immutable, Alias("start-outcome.notices-missing")]
    public sealed record NoticesMissing(ImmutableArray<NoticeKind> Missing, bool NeedsConfirmation) : StartOutcome
    {
        public override string? Refusal => $"missing: {string.Join(", ", Missing.Select(notice => notice.ToString()).Concat(NeedsConfirmation ? ["Confirmation"] : []))}";
    }

    /// <summary>An objection is open (R5): it is decided first, or the talk is held with recording off.</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.objection-open")]
    public sealed record ObjectionOpen : StartOutcome
    {
        public override string? Refusal => "an objection is open";
    }

    /// <summary>Recording off was asked for, and nothing stands in the way of recording (R7).</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.nothing-in-the-way")]
    public sealed record NothingInTheWay : StartOutcome
    {
        public override string? Refusal => "the talk can be recorded: start it so";
    }

    /// <summary>The camera does not record; the official hears it before the talk begins (R7), and chooses what protects instead. Nothing was recorded.</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.camera-not-ready")]
    public sealed record CameraNotReady(CameraId Camera, CameraFault Fault) : StartOutcome
    {
        public override string? Refusal => $"camera {Camera}: {Fault}";
    }

    /// <summary>The regulation does not let this talk be recorded now. Nothing is started: what was promised is not quietly left out (R7).</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.may-not-record")]
    public sealed record MayNotRecord(RecordingBar Bar) : StartOutcome
    {
        public override string? Refusal => Bar switch
        {
            RecordingBar.NoRegulation => "no regulation is in force, so this talk cannot be recorded",
            _ => "recording is switched off by decision, so this talk cannot be recorded",
        };
    }

    /// <summary>It is not the time of this talk: too early, or it is over.</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.not-now")]
    public sealed record NotNow(DateTimeOffset From, DateTimeOffset Until) : StartOutcome
    {
        public override string? Refusal => $"can be started from {From:u} until {Until:u}";
    }

    /// <summary>The machine's clock jumped or stands still, so that the term of a recording could not be kept (R11).</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.clock-not-trusted")]
    public sealed record ClockNotTrusted : StartOutcome
    {
        public override string? Refusal => "the clock cannot be trusted";
    }

    /// <summary>Another talk is going on in the room; it must be ended first (R4).</summary>
    [GenerateSerializer, Immutable, Alias("start-outcome.room-in-use")]
    public sealed record RoomInUse(BookingId By) : StartOutcome
    {
        public override string? Refusal => $"the room is in use by booking {By}";
    }
}

/// <summary>Why the regulation lets nothing be recorded.</summary>
[Alias("recording-bar")]
public enum RecordingBar
{
    /// <summary>No version was ever activated. The secretary activates one.</summary>
    NoRegulation,

    /// <summary>The secretary or the officer switched all recording off, or the version in force says so. A new version switches it on.</summary>
    SwitchedOff,
}
