using Orleans.Configuration;

namespace RecordingCluster.Silo.Hosting;

/// <summary>How soon the others notice that a silo has died, so that its recordings go on within 10 s.</summary>
/// <remarks>
/// A probe begins at most <see cref="ProbeEvery"/> after a silo has died; three are missed; then it is declared dead: 1 + 3 x 1 s
/// = 4 s, and some tens of milliseconds for the vote. A camera connects and gives its first whole fragment within another 5 s
/// (1 s, and 4 s as the longest fragment). That makes 9. Of silos that stand beside each other none is silent for 3 s by
/// mistake; one that was frozen that long has lost its leases, and must start anew.
/// </remarks>
internal static class Detection
{
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);

    private const int MostMissed = 3;

    // With two silos one vote is all there can be, and Orleans takes it then. With more, one that is cut off cannot declare
    // all others dead.
    private const int Votes = 2;

    // Who was declared dead reads so at the latest, when nobody could tell it: it ends itself then. Until that moment the
    // stored lease keeps it from recording on.
    private static readonly TimeSpan ReadTableEvery = TimeSpan.FromSeconds(5);

    public static void Configure(ClusterMembershipOptions membership)
    {
        // Orleans would adapt a probe's time to what it sees, by half to four times: then 10 s could not be promised.
        membership.ProbeTimeout = membership.MinProbeTimeout = membership.MaxProbeTimeout = ProbeEvery;
        membership.ExtendProbeTimeoutDuringDegradation = false;
        membership.NumMissedProbesLimit = MostMissed;
        membership.NumVotesForDeathDeclaration = Votes;
        membership.TableRefreshTimeout = ReadTableEvery;
    }
}
