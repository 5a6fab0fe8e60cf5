using Microsoft.Extensions.Time.Testing;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Tests.Identity;

public sealed class SessionsTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void A_session_ends_when_it_was_not_used_for_a_quarter_of_an_hour()
    {
        var sessions = new Sessions(clock);
        var session = sessions.Begin("usr_1", "stamp");

        clock.Advance(Sessions.LongestIdle - TimeSpan.FromSeconds(1));
        var used = sessions.Use(session.Id);
        clock.Advance(Sessions.LongestIdle);
        var late = sessions.Use(session.Id);

        Assert.Equal("usr_1", used?.Subject);
        Assert.Null(late);
    }

    [Fact]
    public void A_session_ends_after_eight_hours_however_much_it_is_used()
    {
        var sessions = new Sessions(clock);
        var session = sessions.Begin("usr_1", "stamp");

        var minutes = 0;
        while (sessions.Use(session.Id) is not null)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            minutes++;
        }

        Assert.Equal(8 * 60, minutes);
    }

    [Fact]
    public void Signing_in_is_fresh_for_five_minutes_and_use_does_not_make_it_fresher()
    {
        var sessions = new Sessions(clock);
        var session = sessions.Begin("usr_1", "stamp");

        clock.Advance(Sessions.Fresh - TimeSpan.FromSeconds(1));
        sessions.Use(session.Id);
        var before = sessions.IsFresh(session.Id);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(before);
        Assert.False(sessions.IsFresh(session.Id));
        Assert.NotNull(sessions.Use(session.Id));
    }

    [Fact]
    public void An_ended_session_stays_ended()
    {
        var sessions = new Sessions(clock);
        var session = sessions.Begin("usr_1", "stamp");

        sessions.End(session.Id);

        Assert.Null(sessions.Use(session.Id));
        Assert.False(sessions.IsFresh(session.Id));
    }

    [Fact]
    public void One_person_has_six_sessions_at_most_and_the_oldest_makes_room()
    {
        var sessions = new Sessions(clock);
        var begun = Enumerable.Range(0, 7).Select(_ =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return sessions.Begin("usr_1", "stamp");
        }).ToList();
        var other = sessions.Begin("usr_2", "stamp");

        Assert.Equal([false, true, true, true, true, true, true], begun.Select(session => sessions.Use(session.Id) is not null));
        Assert.NotNull(sessions.Use(other.Id));
    }
}
