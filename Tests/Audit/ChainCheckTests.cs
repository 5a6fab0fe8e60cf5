using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Tests.Audit;

/// <summary>R16: whatever is done to a small chain, wherever, a check names it with its number.</summary>
public sealed class ChainCheckTests : IDisposable
{
    private const int Length = 9;

    // Every field of an entry, each made into something else.
    private static readonly (string Field, Func<AuditRecord, AuditRecord> Change)[] Changes =
    [
        ("number", entry => entry with { Number = entry.Number + 100 }),
        ("at", entry => entry with { At = entry.At.AddTicks(1) }),
        ("actor", entry => entry with { Actor = "secretary-1 (Secretary)" }),
        ("deed", entry => entry with { Deed = entry.Deed + "x" }),
        ("subject", entry => entry with { Subject = "booking/other" }),
        ("origin", entry => entry with { Origin = "client" }),
        ("result", entry => entry with { Result = AuditResult.Refused }),
        ("opening", entry => entry with { Opening = entry.Opening is null ? 1 : null }),
        ("detail", entry => entry with { Detail = "{}" }),
        ("trace", entry => entry with { Trace = entry.Trace.Length == 0 ? "ab" : "" }),
        ("previous", entry => entry with { Previous = Other(entry.Previous) }),
        ("hash", entry => entry with { Hash = Other(entry.Hash) }),
        ("text moved from one field to the next", entry => entry with { Actor = entry.Actor[..^1], Deed = entry.Actor[^1..] + entry.Deed }),
    ];

    private readonly TestTrail trail = new();
    private readonly ImmutableArray<AuditRecord> chain = TestTrail.Chain(Length);

    public static TheoryData<int> Positions => [.. Enumerable.Range(0, Length)];

    private IEnumerable<TrailHead> Heads => [trail.HeadOf(chain[^1])];

    public void Dispose() => trail.Dispose();

    [Fact]
    public void A_whole_chain_is_whole_and_its_last_head_says_how_far()
    {
        var report = trail.Check(chain, trail.HeadOf(chain[2]), trail.HeadOf(chain[5]));

        Assert.True(report.IsWhole);
        Assert.Equal((Length, (long)Length, 2, 6L), (report.Entries, report.Last, report.Heads, report.Covered));
    }

    [Theory, MemberData(nameof(Positions))]
    public void A_changed_field_is_found_whichever_it_is(int at)
    {
        foreach (var (field, change) in Changes)
        {
            var changed = change(chain[at]);
            var report = trail.Check(chain.SetItem(at, changed), Heads);

            var first = Assert.Single(report.Faults, fault => fault.Kind == ChainFaultKind.WrongEntry);
            Assert.True(first.Number == changed.Number, $"{field} at {at + 1}: {first.Reason}");
        }
    }

    [Theory, MemberData(nameof(Positions))]
    public void A_removed_entry_is_found_at_the_one_behind_it_or_as_a_cut_tail(int at)
    {
        var report = trail.Check(chain.RemoveAt(at), Heads);

        Assert.Equal(at == Length - 1 ? (ChainFaultKind.CutTail, Length) : (ChainFaultKind.WrongEntry, at + 2), Single(report));
    }

    [Theory, MemberData(nameof(Positions))]
    public void An_entry_swapped_with_any_other_is_found(int at)
    {
        for (var other = 0; other < Length; other++)
        {
            if (other != at)
            {
                var report = trail.Check(chain.SetItem(at, chain[other]).SetItem(other, chain[at]), Heads);

                Assert.Equal(chain[Math.Max(at, other)].Number, report.Faults.First(fault => fault.Kind == ChainFaultKind.WrongEntry).Number);
            }
        }
    }

    [Theory, MemberData(nameof(Positions))]
    public void An_inserted_entry_is_found_though_its_own_hash_is_right(int at)
    {
        var forged = AuditChain.Next(at == 0 ? null : chain[at - 1], new AuditNote("silo", "forged", "nothing", "silo", AuditResult.Done, null, "{}"), TestTrail.Nine);

        var report = trail.Check(chain.Insert(at, forged), Heads);

        Assert.Equal(at + 1, Assert.Single(report.Faults, fault => fault.Kind == ChainFaultKind.WrongEntry).Number);
    }

    [Theory, MemberData(nameof(Positions))]
    public void A_doubled_entry_is_found(int at)
    {
        var report = trail.Check(chain.Insert(at, chain[at]), Heads);

        Assert.Equal((ChainFaultKind.WrongEntry, at + 1), Single(report));
    }

    [Theory, MemberData(nameof(Positions))]
    public void A_tail_cut_at_any_place_is_found_by_the_head(int at)
    {
        var report = trail.Check(chain[..at], Heads);

        Assert.Equal((ChainFaultKind.CutTail, Length), Single(report));
    }

    [Theory, MemberData(nameof(Positions))]
    public void A_chain_written_anew_from_any_place_is_found_by_the_head_though_it_hangs_together(int at)
    {
        var anew = chain[..at].ToBuilder();
        foreach (var entry in chain[at..])
        {
            anew.Add(AuditChain.Next(
                anew.LastOrDefault(),
                new AuditNote(entry.Actor, entry.Deed, entry.Subject, entry.Origin, entry.Result, entry.Opening, entry.Number == at + 1 ? "{\"other\":1}" : entry.Detail) { Trace = entry.Trace },
                entry.At));
        }

        Assert.True(trail.Check(anew).IsWhole);
        Assert.Equal((ChainFaultKind.ReplacedHead, Length), Single(trail.Check(anew, Heads)));
    }

    [Fact]
    public void A_head_whose_words_signer_or_time_are_not_right_vouches_for_nothing_and_is_named()
    {
        var head = trail.HeadOf(chain[^1]);
        using var stranger = new TestTrail();
        using var client = trail.Issue(CertificateRole.BookingClient);
        var heads = new (string Reason, TrailHead Head)[]
        {
            ("not under these words", head with { Number = head.Number - 1, Hash = chain[^2].Hash }),
            ("not under these words", head with { At = head.At.AddTicks(1) }),
            ("not issued to a silo by a CA", stranger.HeadOf(chain[^1])),
            ("not issued to a silo by a CA", trail.HeadOf(chain[^1], by: client)),
            ("did not hold at that time", trail.HeadOf(chain[^1], at: TestTrail.Nine.AddYears(2))),
            ("is no signature", head with { Seal = head.Seal with { Signature = "made up" } }),
            ("not issued to a silo by a CA", head with { Seal = head.Seal with { Certificate = "made up" } }),
        };

        foreach (var (reason, wrong) in heads)
        {
            var report = trail.Check(chain, head, wrong);

            var fault = Assert.Single(report.Faults);
            Assert.Equal((ChainFaultKind.BadSignature, wrong.Number), (fault.Kind, fault.Number));
            Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_head_that_stands_in_the_trail_is_checked_too()
    {
        using var stranger = new TestTrail();
        var good = chain.Add(Entry(chain[^1], trail.HeadOf(chain[^1])));
        var forged = chain.Add(Entry(chain[^1], stranger.HeadOf(chain[^1])));

        Assert.True(trail.Check(good).IsWhole);
        Assert.Equal((ChainFaultKind.BadSignature, Length + 1), Single(trail.Check(forged)));
    }

    [Fact]
    public void An_empty_trail_under_a_head_was_cut()
    {
        var report = trail.Check([], Heads);

        Assert.Contains("the trail is empty", Assert.Single(report.Faults).Reason, StringComparison.Ordinal);
    }

    private static AuditRecord Entry(AuditRecord last, TrailHead head)
    {
        var line = new System.Buffers.ArrayBufferWriter<byte>();
        TrailLines.WriteJson(line, head);
        return AuditChain.Next(
            last, new AuditNote("silo", TrailHead.Deed, "audit-trail/town-hall", "silo", AuditResult.Done, null, System.Text.Encoding.UTF8.GetString(line.WrittenSpan).TrimEnd()), TestTrail.Nine);
    }

    private static (ChainFaultKind, long) Single(ChainReport report) => Assert.Single(report.Faults) is var fault ? (fault.Kind, fault.Number) : default;

    private static string Other(string hash) => (hash[0] == '0' ? '1' : '0') + hash[1..];
}
