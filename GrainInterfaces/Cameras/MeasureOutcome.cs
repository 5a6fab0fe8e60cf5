namespace RecordingCluster.GrainInterfaces.Cameras;

/// <summary>What became of measuring a camera.</summary>
[GenerateSerializer, Immutable, Alias("measure-outcome")]
public abstract record MeasureOutcome : IOutcome
{
    private MeasureOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>It was tried; what is wrong, if anything is, stands in the numbers.</summary>
    [GenerateSerializer, Immutable, Alias("measure-outcome.measured")]
    public sealed record Measured(CameraMeasurement Numbers) : MeasureOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>It records now, and is not disturbed: these are the numbers of that recording.</summary>
    /// <param name="Health">Null when the recorder told nothing yet.</param>
    [GenerateSerializer, Immutable, Alias("measure-outcome.records")]
    public sealed record Records(CaptureHealth? Health) : MeasureOutcome
    {
        public override string? Refusal => "the camera records now";
    }

    /// <summary>A talk goes on in its room and is not recorded, perhaps after an objection (R5): then the camera gives nothing to anybody.</summary>
    [GenerateSerializer, Immutable, Alias("measure-outcome.talk-goes-on")]
    public sealed record TalkGoesOn : MeasureOutcome
    {
        public override string? Refusal => "a talk goes on in the camera's room";
    }

    /// <summary>The regulation has all recording off: then no camera is opened (R6).</summary>
    [GenerateSerializer, Immutable, Alias("measure-outcome.recording-off")]
    public sealed record RecordingOff : MeasureOutcome
    {
        public override string? Refusal => "recording is switched off by decision";
    }
}
