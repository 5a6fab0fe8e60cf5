namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>In which the regulation and all texts made from it exist.</summary>
[Alias("language")]
public enum Language
{
    /// <summary>At level B1.</summary>
    Dutch,

    English,
}
