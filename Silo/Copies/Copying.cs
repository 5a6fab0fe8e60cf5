using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Copies;

/// <summary>How far the copy of one part is.</summary>
internal sealed class Copying(PartId part, DateTimeOffset now) : IDisposable
{
    public PartId Part => part;

    /// <summary>Its file, while it is open here.</summary>
    public PartSource? Source { get; set; }

    /// <summary>How many records the copy has; null until the sister was asked.</summary>
    public int? Has { get; set; }

    /// <summary>False once nothing of its recording is kept any more.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>Since when it has lacked something that this vault has, or may have; null when it lacks nothing.</summary>
    public DateTimeOffset? BehindSince { get; set; } = now;

    /// <summary>What held it up when it was last tried.</summary>
    public CopyHindrance? Why { get; set; }

    /// <summary>It is not tried again before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>What its recording knows.</summary>
    public PartCopy? Told { get; set; }

    /// <summary>Its recording is not told again before.</summary>
    public DateTimeOffset TellFrom { get; set; }

    /// <summary>What its recording should know; null when that is not known here either.</summary>
    public PartCopy? CopyIn(string sister)
    {
        if (Has is not { } has || Source is not { } source)
        {
            return null;
        }

        // The beginning is no fragment, and neither is the end.
        var fragments = Math.Clamp(has - 1, 0, source.Fragments);
        return new PartCopy(part, sister, fragments, source.EndOf(fragments), source.HasEnded && has == source.Records);
    }

    public void LetGo()
    {
        Source?.Dispose();
        Source = null;
    }

    public void Dispose() => LetGo();
}
