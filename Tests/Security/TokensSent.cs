using System.Collections.Concurrent;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Tests.Security;

/// <summary>Sees how a client names itself in each call that leaves it, in their order, and spoils the token on request.</summary>
internal sealed class TokensSent : IOutgoingGrainCallFilter
{
    private readonly ConcurrentQueue<string> seen = new();

    public IReadOnlyCollection<string> Seen => seen;

    /// <summary>What goes out instead of the whole token; digests go as those of a token that nobody knows. Null to spoil nothing.</summary>
    public Func<string, string>? Spoil { get; set; }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (RequestContext.Get(CallerContext.PersonKey) is string said)
        {
            seen.Enqueue(said);
            if (Spoil is { } spoil)
            {
                RequestContext.Set(CallerContext.PersonKey, said.Length == CallerToken.DigestCharacters ? CallerToken.DigestOf(said) : spoil(said));
            }
        }

        await context.Invoke();
    }
}
