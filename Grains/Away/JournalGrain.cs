using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Grains.Away;

[GrainType(WhereItWorks.Journal), WhereItWorks, Reentrant]
internal sealed class JournalGrain(ISiloJournal journal) : Grain, IJournalGrain
{
    public Task Keep(JournalEntry entry) => journal.Keep(entry);
}
