namespace RecordingCluster.GrainInterfaces.Errors;

/// <summary>What sort of promise broke. Few on purpose: the portal turns each into one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>A field breaks a rule; nothing was changed. The message names field, rule and way out.</summary>
    InvalidInput,

    /// <summary>The caller may not do this.</summary>
    Denied,

    /// <summary>There is no such thing, or the caller may not know that there is.</summary>
    NotFound,

    /// <summary>It contradicts what is already settled.</summary>
    Conflict,

    /// <summary>A part of the cluster does not answer now; the same call may succeed later.</summary>
    Unavailable,

    /// <summary>Stored bytes are not what was stored.</summary>
    DataLoss,
}
