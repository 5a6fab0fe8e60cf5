namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>The trail is about to be read as a whole, or what is joined to it.</summary>
/// <param name="Use">What for.</param>
/// <param name="Until">The last entry there is: what is written meanwhile, this reading's own end included, is left out.</param>
[GenerateSerializer, Immutable, Alias("trail-reading")]
public sealed record TrailReading(TrailUse Use, long Until);

/// <summary>What the trail is read for.</summary>
[Alias("trail-use")]
public enum TrailUse
{
    /// <summary>To check that it is whole.</summary>
    Check,

    /// <summary>To carry it elsewhere.</summary>
    Export,

    /// <summary>The processing log is looked at, which is joined to it.</summary>
    Processing,

    /// <summary>To count what happened in a month or a year.</summary>
    Report,

    /// <summary>Somebody looks something up in it.</summary>
    Search,
}
