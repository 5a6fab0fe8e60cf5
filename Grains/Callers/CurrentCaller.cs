using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Grains.Callers;

/// <summary>Who makes the call that is being answered, as the filter verified it.</summary>
public sealed class CurrentCaller
{
    // Not in RequestContext, which comes from the sender and goes back to it: this is the filter's own word, and stays in the process.
    private readonly AsyncLocal<CallerVerdict?> current = new();

    /// <summary>The person or service, kept from grain to grain; <see cref="Caller.Silo"/> when nobody in particular calls.</summary>
    /// <exception cref="RecordingClusterException">Denied: no verified call is being answered.</exception>
    public Caller Get() => current.Value?.Caller ?? throw new RecordingClusterException(ErrorKind.Denied, "Nobody says who makes this call. Sign in, or call through the client library.");

    /// <summary>The token of the person or service for whom the call is made, to go on with what it asks of others.</summary>
    internal string? PersonToken => current.Value?.Token;

    internal void Is(CallerVerdict verdict) => current.Value = verdict;
}
