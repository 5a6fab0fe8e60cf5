namespace RecordingCluster.GrainInterfaces.Errors;

/// <summary>The one family of exceptions: something that should not happen did. Its message ends with the way out.</summary>
/// <remarks>What a caller is expected to act on (no room free, a notice missing) is an outcome, never an exception.</remarks>
[GenerateSerializer, Alias("recording-cluster-exception")]
public class RecordingClusterException : Exception
{
    public RecordingClusterException(ErrorKind kind, string message)
        : base(message) => Kind = kind;

    public RecordingClusterException(ErrorKind kind, string message, Exception cause)
        : base(message, cause) => Kind = kind;

    [Id(0)]
    public ErrorKind Kind { get; private set; }

    /// <summary>Refuses a field: what it is called, what is wrong with it, and what would be right.</summary>
    public static RecordingClusterException Invalid(string field, string rule, string wayOut) =>
        new(ErrorKind.InvalidInput, $"{field}: {rule} {wayOut}");
}
