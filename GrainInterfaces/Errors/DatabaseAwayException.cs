namespace RecordingCluster.GrainInterfaces.Errors;

/// <summary>The database does not answer, or takes nothing: what needs it is refused until it does. What is being recorded goes on.</summary>
[GenerateSerializer, Alias("database-away")]
public sealed class DatabaseAwayException()
    : RecordingClusterException(ErrorKind.Unavailable, "The database does not answer, so this cannot be done now. Recordings go on, and a talk can be started and stopped. Try again when the database is back; the operator sees in health what to do.");
