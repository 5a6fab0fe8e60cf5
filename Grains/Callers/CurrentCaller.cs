using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Grains.Callers;

/// <summary>Who makes the call that is being answered, as the filter verified it.</summary>
public sealed class CurrentCaller
{
    // Not in RequestContext, which comes from the sender and travels on: this is the filter's own word, and stays in the process.
    private readonly AsyncLocal<Caller?> verified = new();

    /// <summary>The person or service, kept from grain to grain; <see cref="Caller.Silo"/> when nobody in particular calls.</summary>
    /// <exception cref="RecordingClusterException">Denied: no verified call is being answered.</exception>
    public Caller Get() => verified.Value ?? throw new RecordingClusterException(ErrorKind.Denied, "Nobody says who makes this call. Sign in, or call through the client library.");

    internal void Is(Caller caller) => verified.Value = caller;
}
