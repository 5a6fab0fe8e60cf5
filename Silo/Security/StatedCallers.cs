using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Grains.Callers;

namespace RecordingCluster.Silo.Security;

/// <summary>Believes what a call states. This is where signed tokens will be verified (DESIGN §6); until then the ports stay on loopback.</summary>
internal sealed class StatedCallers : ICallerVerifier
{
    // A municipality has some hundred people; when this is reached something else is going on, and we begin anew.
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Caller> known = new();

    public string SiloToken { get; } = CallerToken.Of(Caller.Silo);

    public bool TryVerify(string token, [NotNullWhen(true)] out Caller? caller)
    {
        if (known.TryGetValue(token, out caller))
        {
            return true;
        }

        if (!CallerToken.TryRead(token, out caller))
        {
            return false;
        }

        if (known.Count >= MostRemembered)
        {
            known.Clear();
        }

        known[token] = caller;
        return true;
    }
}
