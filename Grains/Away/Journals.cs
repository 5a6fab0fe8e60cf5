using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Grains.Away;

/// <summary>The journals of all silos: an entry stands in this silo's own, and in each other that answers.</summary>
internal sealed partial class Journals(ISiloJournal own, IGrainFactory grains, ISiloPlaces places, TimeProvider clock, ILogger<Journals> log)
{
    // A silo that answers writes within milliseconds; the official waits for the slowest.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>On this silo's disk when it returns, whatever becomes of the others.</summary>
    public async Task Keep(JournalEntry entry)
    {
        await own.Keep(entry);
        await Task.WhenAll(places.Silos.Where(silo => silo != own.Name).Select(silo => Tell(silo, entry)));
    }

    private async Task Tell(string silo, JournalEntry entry)
    {
        try
        {
            await grains.Journal(silo).Keep(entry).WaitAsync(Patience, clock);
        }
        catch (Exception fault)
        {
            LogNotKept(silo, entry.Id, fault);
        }
    }

    [LoggerMessage(1401, LogLevel.Warning, "{Silo} did not keep {Entry} in its journal; this silo's own has it")]
    private partial void LogNotKept(string silo, JournalEntryId entry, Exception fault);
}
