namespace RecordingCluster.Grains.Away;

/// <summary>Whether the database answers, as this silo last saw it.</summary>
/// <remarks>
/// Whoever meets a database that does not answer says so here, and then nobody else waits for it: what needs it is refused at
/// once. That it is back is said by the host alone, once all that was done meanwhile is entered.
/// </remarks>
public sealed class DatabasePresence(TimeProvider clock)
{
    private volatile Absence? absence;

    public bool IsAway => absence is not null;

    /// <summary>Null while it answers.</summary>
    public DateTimeOffset? AwaySince => absence?.Since;

    /// <summary>It did not answer. Safe to repeat.</summary>
    public void IsGone() => Interlocked.CompareExchange(ref absence, new Absence(clock.GetUtcNow()), null);

    public void IsBack() => absence = null;

    private sealed record Absence(DateTimeOffset Since);
}
