using System.Collections.Concurrent;
using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>Somebody who tries all the time, at whichever silo answers, to be shown a recording whose term has passed.</summary>
internal sealed class LateLooks : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<string> shown = [];
    private readonly Task looking;

    public LateLooks(TwoSilos two, DueRecordings due) => looking = Look([two.First, two.Second], due, [.. due.Ids]);

    /// <summary>What was said to be there after its term.</summary>
    public IReadOnlyCollection<string> Shown => shown;

    /// <summary>How often there was an answer after the term.</summary>
    public int Answers { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await looking;
    }

    private async Task Look(SiloProcess[] silos, DueRecordings due, RecordingId[] ids)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var look = 0; !stop.IsCancellationRequested; look++, await tick.WaitForNextTickAsync())
        {
            var recording = ids[RandomNumberGenerator.GetInt32(ids.Length)];
            var at = TimeProvider.System.GetUtcNow();
            try
            {
                var (stage, asked) = await Ask(silos[look % silos.Length], recording).WaitAsync(Patience);
                if (at >= due.Due)
                {
                    Answers++;
                    if (stage is not (RecordingStage.Expired or RecordingStage.Erased) || asked is not AskOutcome.Gone)
                    {
                        shown.Add($"{recording} at {at:O}: {stage}, {asked}");
                    }
                }
            }
            catch (Exception)
            {
                // That silo is being killed, or a grain of it is asked for.
            }
        }
    }

    private static async Task<(RecordingStage Stage, AskOutcome Asked)> Ask(SiloProcess silo, RecordingId recording)
    {
        using var _ = SiloProcess.As(Viewer.Administrator);
        var view = await silo.Read(recording);
        var window = view.Parts.FirstOrDefault()?.Span ?? new TimeRange(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(1));
        return (view.Stage, await silo.Client.AccessRequest(AccessRequestId.New()).Ask(new AccessQuestion(recording, window, Purpose.Complaint, new CaseReference("case-1"))));
    }
}
