using Microsoft.Extensions.Time.Testing;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Tests.Vault;

namespace RecordingCluster.Tests.Playback;

/// <summary>A ticket opens one fragment, once, and soon.</summary>
public sealed class PartTicketsTests
{
    private static readonly PartId Part = new(RecordingId.New(), 1, 1);

    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void A_ticket_is_for_what_it_was_given_for_and_is_used_up_with_the_first_use()
    {
        var tickets = new PartTickets(clock);
        var (first, second) = (tickets.Issue(Errand(1)), tickets.Issue(Errand(2)));

        Assert.True(tickets.TryRedeem(second.Secret.AsSpan(), out var redeemed));
        var fetch = Assert.IsType<Errand.Fetch>(redeemed);
        Assert.Equal((Part, 2), (fetch.Part, fetch.Fragment));
        Assert.False(tickets.TryRedeem(second.Secret.AsSpan(), out _));
        Assert.True(tickets.TryRedeem(first.Secret.AsSpan(), out _));
        Assert.False(tickets.TryRedeem(new byte[32], out _));
    }

    [Fact]
    public void A_ticket_that_is_older_than_ten_seconds_opens_nothing()
    {
        var tickets = new PartTickets(clock);
        var (late, inTime) = (tickets.Issue(Errand(1)), tickets.Issue(Errand(2)));

        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(tickets.TryRedeem(inTime.Secret.AsSpan(), out _));
        clock.Advance(TimeSpan.FromTicks(1));

        Assert.False(tickets.TryRedeem(late.Secret.AsSpan(), out _));
    }

    [Fact]
    public void No_more_are_out_than_can_be_fetched_at_once_and_old_ones_make_room()
    {
        var tickets = new PartTickets(clock);
        for (var i = 0; i < 240; i++)
        {
            tickets.Issue(Errand(1));
        }

        Assert.Equal(ErrorKind.Unavailable, Assert.Throws<RecordingClusterException>(() => tickets.Issue(Errand(1))).Kind);
        clock.Advance(TimeSpan.FromSeconds(11));
        tickets.Issue(Errand(1));
    }

    [Fact]
    public void A_ticket_is_not_told_in_words() => Assert.Equal("a ticket", $"{new PartTickets(clock).Issue(Errand(1))}");

    private static Errand.Fetch Errand(int fragment) => new(Part, fragment, TestPermit.For(Part.Recording));
}
