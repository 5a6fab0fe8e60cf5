using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>Its end: by its term, or by decision, with the certificate that says so.</summary>
internal sealed partial class RecordingGrain
{
    private const string Expiry = "expiry";

    public async Task<Certificate?> Erase()
    {
        await stored.Store(stored.State.Condemn(clock.GetUtcNow()));
        await Erase(ErasedBy.Decision);
        return await GrainFactory.AuditTrail(plan.Site).CertificateOf(Id);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Erase(ErasedBy.Reminder);

    public Task Expire() => Erase(ErasedBy.CatchUp);

    private async Task Erase(ErasedBy by)
    {
        var now = clock.GetUtcNow();
        if (stored.State.Making is not { } making)
        {
            await Unremind();
            return;
        }

        // Ticks may come early, late and twice; only the clock decides (R8), when it can be trusted (R11), or the decision
        // that was stored (R5).
        var condemned = stored.State.Phase as RecordingPhase.Condemned;
        if (condemned is null && !(clock.IsTrusted && stored.State.IsExpired(now)))
        {
            return;
        }

        if (condemned is null)
        {
            await Stop();
        }
        else if (places.IsReached(making.Order.Camera))
        {
            await Camera(making).End(Id);
        }

        var (reason, dueAt, startedBy) = condemned is null
            ? (ErasureReason.TermPassed, making.ExpiresAt, by)
            : (ErasureReason.ObjectionUpheld, condemned.DecidedAt, ErasedBy.Decision);
        var (erasure, away) = await vault.Erase(Id, stored.State.Vaults, stored.State.Awaited);
        if (!away.IsEmpty)
        {
            await stored.Store(stored.State.Await(away, now));
            throw new RecordingClusterException(
                ErrorKind.Unavailable, $"What there is of {Id} in the vault of {string.Join(" and ", away)} is not erased: that silo is away. It erases it at its start; start it.");
        }

        if (erasure is { OpensAfterwards: true })
        {
            LogStillOpens(Id);
            throw new RecordingClusterException(ErrorKind.DataLoss, $"{Id} was erased and still opens. It is tried again; look at the vault's folder now.");
        }

        // The certificate stands in the trail before the state goes, so that a crash in between ends in a second try
        // that finds it, and never in a recording that is gone without proof.
        await GrainFactory.AuditTrail(plan.Site).Certify(erasure is null or { Parts.IsEmpty: true }
            ? Certificates.OfNothing(Id, plan.Site.Value, making, stored.State, reason, startedBy, dueAt, now, erasure)
            : Certificates.Of(erasure.WithoutFileOf(stored.State.Parts.Select(part => part.Id)) with { DueAt = dueAt }, reason, startedBy) with { Booking = making.Order.Booking });
        await vault.Forget(Id);

        // State and reminder go together, and with those of whatever else is erased now. The storage of this activation still
        // knows the version of the row that is gone, so it ends.
        await rows.Remove(Id);
        stored.State = new RecordingState();
        DeactivateOnIdle();
    }

    private async Task RemindOfExpiry(Making making)
    {
        var due = making.ExpiresAt - clock.GetUtcNow();
        await this.RegisterOrUpdateReminder(Expiry, due > TimeSpan.Zero ? due : TimeSpan.Zero, rules.ErasurePeriod);
    }

    private async Task Unremind()
    {
        if (await this.GetReminder(Expiry) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    [LoggerMessage(1201, LogLevel.Critical, "{Recording} was erased and still opens")]
    private partial void LogStillOpens(RecordingId recording);
}
