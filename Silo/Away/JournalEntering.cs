using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Callers;

namespace RecordingCluster.Silo.Away;

/// <summary>Has what stands in this silo's journal entered, talk by talk, once the database answers.</summary>
internal sealed partial class JournalEntering(JournalFile journal, IGrainFactory grains, SiloCalls silo, ILogger<JournalEntering> log)
{
    /// <summary>Enters what waits. What cannot be entered for a reason of its own is said, and tried again the next time.</summary>
    /// <exception cref="Exception">Of a database that is away: what was entered until then is, and the rest waits.</exception>
    public async Task Enter()
    {
        foreach (var talk in journal.Waiting.GroupBy(entry => entry.Booking))
        {
            try
            {
                using var _ = silo.Begin();
                await grains.Booking(talk.Key).Enter([.. talk]);
                journal.Forget([.. talk.Select(entry => entry.Id)]);
                LogEntered(talk.Count(), talk.First().At);
            }
            catch (Exception fault) when (!DatabaseFault.IsIn(fault))
            {
                LogNotEntered(talk.Key, fault);
            }
        }
    }

    [LoggerMessage(4045, LogLevel.Warning, "{Entries} entries of the journal, from {At} on, were entered")]
    private partial void LogEntered(int entries, DateTimeOffset at);

    [LoggerMessage(4046, LogLevel.Critical, "What was done with {Booking} while the database was away could not be entered; it is tried again when the database comes back the next time, and at the next start")]
    private partial void LogNotEntered(BookingId booking, Exception fault);
}
