using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Silo.Trail;

internal static class TrailSteps
{
    // About half a megabyte at a time, however long the trail is.
    private const int Step = 500;

    /// <summary>The whole trail up to an entry, step by step, in constant memory.</summary>
    public static async IAsyncEnumerable<ImmutableArray<AuditRecord>> ReadAll(
        this IAuditStore store, SiteId site, long until, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var from = 1L; from <= until;)
        {
            cancellation.ThrowIfCancellationRequested();
            var entries = await store.Read(site, from, (int)Math.Min(Step, until - from + 1));
            if (entries.IsEmpty)
            {
                yield break;
            }

            yield return entries;
            from = entries[^1].Number + 1;
        }
    }
}
