using System.Collections.Concurrent;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Identity;

/// <summary>Who is signed in at this portal. The cookie only names a session; what holds is here, so an ended one stays ended.</summary>
/// <remarks>They live in memory: after a restart everybody signs in anew. Terms are measured by the monotonic clock, which no clock change lengthens.</remarks>
internal sealed class Sessions(TimeProvider clock)
{
    /// <summary>Idle: a desk that somebody walked away from. A talk takes longer, but a page that shows it asks again by itself.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(15);

    /// <summary>Absolute: one working day.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    /// <summary>For deciding and looking: whoever does it touched the key moments ago, so an open desk is not enough.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    // A desk, a telephone and a room, each twice. More would be a program; the oldest makes room.
    private const int MostForOnePerson = 6;

    private readonly ConcurrentDictionary<string, Session> open = new();

    public Session Begin(string subject, string stamp)
    {
        foreach (var (id, session) in open)
        {
            if (!IsOpen(session))
            {
                open.TryRemove(id, out _);
            }
        }

        foreach (var oldest in open.Values.Where(session => session.Subject == subject).OrderByDescending(session => session.SignedIn).Skip(MostForOnePerson - 1))
        {
            End(oldest.Id);
        }

        var now = clock.GetTimestamp();
        var begun = new Session(Secret.New(), subject, stamp, clock.GetUtcNow(), now, now);
        open[begun.Id] = begun;
        return begun;
    }

    /// <summary>The session, used now; null when there is none, or its time is over.</summary>
    public Session? Use(string id)
    {
        if (!open.TryGetValue(id, out var session))
        {
            return null;
        }

        if (!IsOpen(session))
        {
            End(id);
            return null;
        }

        // Lost against another request of the same moment, it does no harm: that one used it too.
        open.TryUpdate(id, session with { LastUsed = clock.GetTimestamp() }, session);
        return session;
    }

    /// <summary>What the sealed row said of its person just now.</summary>
    public void Saw(string id, Caller person)
    {
        if (open.TryGetValue(id, out var session) && session.Person != person)
        {
            open.TryUpdate(id, session with { Person = person }, session);
        }
    }

    public bool IsFresh(string id) => open.TryGetValue(id, out var session) && clock.GetElapsedTime(session.SignedIn) < Fresh;

    public void End(string id) => open.TryRemove(id, out _);

    private bool IsOpen(Session session) => clock.GetElapsedTime(session.LastUsed) < LongestIdle && clock.GetElapsedTime(session.SignedIn) < Longest;
}

/// <summary>One sign-in of one person.</summary>
/// <param name="Id">256 random bits.</param>
/// <param name="Subject">Who.</param>
/// <param name="Stamp">The person's stamp when it began: once that changes, it is over.</param>
/// <param name="At">When the passkey was shown, by the wall clock.</param>
/// <param name="SignedIn">The same by the monotonic clock.</param>
/// <param name="LastUsed">By the monotonic clock.</param>
/// <param name="Person">As the sealed row said at the last request; null before the first.</param>
internal sealed record Session(string Id, string Subject, string Stamp, DateTimeOffset At, long SignedIn, long LastUsed, Caller? Person = null)
{
    public override string ToString() => $"session of {Subject}";
}
