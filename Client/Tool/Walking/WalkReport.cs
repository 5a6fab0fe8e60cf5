using System.Text.Json;

namespace RecordingCluster.Tool.Walking;

/// <summary>What the walk did, and what proves it.</summary>
internal sealed record WalkReport(IReadOnlyList<WalkStep> Steps, IReadOnlyList<WalkedRecording> Recordings)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Options));
}

/// <summary>One step.</summary>
internal sealed record WalkStep(string Name, bool Ok, double Seconds, string Proof);

/// <summary>One recording, from its camera to its erasure; what it did not come to is null.</summary>
internal sealed record WalkedRecording
{
    public string? Id { get; set; }
    public string? Room { get; set; }
    public string? Camera { get; set; }
    public int Parts { get; set; }
    public long VideoFrames { get; set; }
    public double AudioSeconds { get; set; }
    public long SealedBytes { get; set; }
    public WalkedViewing? Viewing { get; set; }
    public WalkedErasure? Erasure { get; set; }
}

/// <summary>What the player received, measured on its bytes.</summary>
internal sealed record WalkedViewing(string? File, long Bytes, string Sha256, double VideoSeconds, double AudioSeconds);

/// <summary>How it ended.</summary>
internal sealed record WalkedErasure(long Certificate, DateTimeOffset DueAt, DateTimeOffset ErasedAt, bool OpensAfterwards);
