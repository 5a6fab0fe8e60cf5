using CsCheck;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Regulations;

namespace RecordingCluster.Tests.Regulations;

/// <summary>The life of a version, by its state alone (R17).</summary>
public sealed class RegulationStateTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly RegulationVersionId One = new("2026-1"), Two = new("2026-2");
    private static readonly Advice Positive = new(AdviceKind.Positive, TestRegulation.Document, "officer-1", Nine);
    private static readonly Consent Consent = new(new DateOnly(2026, 11, 1), TestRegulation.Document, "secretary-1", Nine);

    private static RegulationState Drafted => new RegulationState().Draft(One, TestRegulation.Content, "secretary-1", Nine);

    private static RegulationState Ready => Drafted.Advise(One, Positive).Consent(One, Consent);

    [Fact]
    public void A_draft_names_all_that_is_missing_for_its_activation()
    {
        var bare = TestRegulation.Content with { Articles = [TestRegulation.Article(new ArticleId("purpose"), "Doel")], Dpia = null };

        var needs = RegulationState.Needs(new RegulationState().Draft(One, bare, "secretary-1", Nine).Known(One));

        Assert.Equal(
            [
                ActivationNeed.PictureArticle, ActivationNeed.SoundArticle, ActivationNeed.RetentionReasons, ActivationNeed.Dpia,
                ActivationNeed.Advice, ActivationNeed.Consent,
            ],
            needs);
    }

    [Fact]
    public void Nothing_is_in_force_before_a_version_is_activated() =>
        Assert.Equal((null, null), (Ready.InForceAt(Nine), Drafted.Activate(One, Nine, "secretary-1", Nine).InForceAt(Nine)));

    [Fact]
    public void A_version_decided_for_a_later_day_is_in_force_from_that_moment_on_and_never_before()
    {
        var from = Nine.AddDays(10);

        var state = Ready.Activate(One, from, "secretary-1", Nine);

        Assert.Equal((null, VersionStage.Scheduled), (state.InForceAt(from.AddTicks(-1)), state.StageOf(state.Known(One), from.AddTicks(-1))));
        Assert.Equal((new RegulationInForce(One, from, TestRegulation.Terms), VersionStage.InForce), (state.InForceAt(from), state.StageOf(state.Known(One), from)));
    }

    [Fact]
    public void A_later_version_supersedes_an_earlier_one_when_its_day_comes()
    {
        var state = Activated(Activated(new RegulationState(), One, Nine), Two, Nine.AddDays(1));

        Assert.Equal((One, Two), (state.InForceAt(Nine)!.Version, state.InForceAt(Nine.AddDays(1))!.Version));
        Assert.Equal(VersionStage.Superseded, state.StageOf(state.Known(One), Nine.AddDays(1)));
    }

    [Fact]
    public void A_changed_text_needs_advice_and_consent_anew_and_the_same_text_does_not()
    {
        var same = Ready.Draft(One, TestRegulation.Content, "secretary-1", Nine.AddHours(1));
        var changed = Ready.Draft(One, TestRegulation.Content with { Terms = TestRegulation.Terms with { Sound = false } }, "secretary-1", Nine.AddHours(1));

        Assert.Empty(RegulationState.Needs(same.Known(One)));
        Assert.Equal([ActivationNeed.Advice, ActivationNeed.Consent], RegulationState.Needs(changed.Known(One)));
    }

    [Fact]
    public void A_negative_advice_keeps_a_version_out_of_force_until_a_better_one()
    {
        var negative = Ready.Advise(One, Positive with { Kind = AdviceKind.Negative });

        Assert.Equal([ActivationNeed.BetterAdvice], RegulationState.Needs(negative.Known(One)));
        Assert.Same(negative, negative.Activate(One, Nine, "secretary-1", Nine));
        Assert.Empty(RegulationState.Needs(negative.Advise(One, Positive with { Kind = AdviceKind.Conditional }).Known(One)));
    }

    [Fact]
    public void What_is_settled_does_not_change_any_more()
    {
        var state = Ready.Activate(One, Nine.AddDays(1), "secretary-1", Nine);

        Assert.Same(state, state.Draft(One, TestRegulation.Content with { Dpia = null }, "secretary-1", Nine));
        Assert.Same(state, state.Advise(One, Positive with { Kind = AdviceKind.Negative }));
        Assert.Same(state, state.Consent(One, Consent with { On = new DateOnly(2026, 11, 2) }));
        Assert.Same(state, state.Activate(One, Nine.AddDays(2), "secretary-1", Nine));
    }

    [Fact]
    public void A_version_is_taken_back_before_its_day_and_not_after()
    {
        var state = Ready.Activate(One, Nine.AddDays(1), "secretary-1", Nine);

        var withdrawn = state.Withdraw(One, "secretary-1", Nine);

        Assert.Equal((VersionStage.Withdrawn, null), (withdrawn.StageOf(withdrawn.Known(One), Nine), withdrawn.InForceAt(Nine.AddDays(2))));
        Assert.Same(state, state.Withdraw(One, "secretary-1", Nine.AddDays(1)));
    }

    [Theory]
    [InlineData("14.00:00:01")]
    [InlineData("00:00:00")]
    [InlineData("00:59:59")]
    [InlineData("-1.00:00:00")]
    public void A_retention_over_14_days_or_too_short_cannot_be_set(string retention)
    {
        var content = TestRegulation.Content with { Terms = TestRegulation.Terms with { Retention = TimeSpan.Parse(retention, System.Globalization.CultureInfo.InvariantCulture) } };

        var refused = Assert.Throws<RecordingClusterException>(() => content.Check(TimeSpan.FromHours(1)));

        Assert.Equal(ErrorKind.InvalidInput, refused.Kind);
        Assert.StartsWith("terms.retention: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_article_that_names_a_person_is_refused_without_being_repeated()
    {
        var content = TestRegulation.Content with { Articles = [TestRegulation.Article(new ArticleId("objection"), "Bezwaar", "Bel 06-12345678.")] };

        var refused = Assert.Throws<RecordingClusterException>(() => content.Check(TimeSpan.Zero));

        Assert.Equal(ErrorKind.InvalidInput, refused.Kind);
        Assert.DoesNotContain("12345678", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sound_that_was_switched_off_stays_off_through_versions_decided_before_and_returns_with_one_decided_after()
    {
        var before = new RegulationVersionId("2026-3");
        var state = Activated(new RegulationState(), One, Nine).Draft(before, TestRegulation.Content, "secretary-1", Nine).Advise(before, Positive).Consent(before, Consent)
            .Activate(before, Nine.AddDays(2), "secretary-1", Nine);

        var (off, first) = state.SwitchOff(Off(Switchable.Sound, Nine.AddDays(1)));
        var (same, again) = off.SwitchOff(Off(Switchable.Sound, Nine.AddDays(1).AddHours(1)));
        var after = Activated(off, Two, Nine.AddDays(3));

        Assert.Equal((true, false, false), (off.InForceAt(Nine.AddDays(1))!.Terms.Recording, off.InForceAt(Nine.AddDays(1))!.Terms.Sound, off.InForceAt(Nine.AddDays(2))!.Terms.Sound));
        Assert.Equal((before, Two, true), (off.InForceAt(Nine.AddDays(2))!.Version, after.InForceAt(Nine.AddDays(3))!.Version, after.InForceAt(Nine.AddDays(3))!.Terms.Sound));
        Assert.Same(off, same);
        Assert.Equal(first, again);
    }

    [Fact]
    public void With_all_recording_off_there_is_no_sound_either()
    {
        var (off, _) = Activated(new RegulationState(), One, Nine).SwitchOff(Off(Switchable.AllRecording, Nine.AddDays(1)));

        Assert.Equal((false, false), (off.InForceAt(Nine.AddDays(1))!.Terms.Recording, off.InForceAt(Nine.AddDays(1))!.Terms.Sound));
    }

    [Theory]
    [InlineData("2026-12-15T22:59:59Z", AmendmentStanding.Open)]
    [InlineData("2026-12-15T23:00:00Z", AmendmentStanding.Warning)]
    [InlineData("2026-12-23T22:59:59Z", AmendmentStanding.Warning)]
    [InlineData("2026-12-23T23:00:00Z", AmendmentStanding.Overdue)]
    public void An_amendment_has_a_month_by_the_calendar_of_the_town_hall(string now, AmendmentStanding standing)
    {
        var asked = Asked(AmendmentId.New());

        Assert.Equal((standing, new DateOnly(2026, 12, 23)), (new RegulationState().Ask(asked).StandingOf(asked, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)), asked.DueOn));
    }

    [Fact]
    public void An_amendment_is_met_when_a_version_that_names_it_comes_into_force_and_not_when_it_is_decided()
    {
        var asked = Asked(AmendmentId.New());
        var state = new RegulationState().Ask(asked)
            .Draft(One, TestRegulation.Content with { Meets = [asked.Id] }, "secretary-1", Nine).Advise(One, Positive).Consent(One, Consent)
            .Activate(One, Nine.AddDays(40), "secretary-1", Nine);

        Assert.Equal((AmendmentStanding.Overdue, AmendmentStanding.Met), (state.StandingOf(asked, Nine.AddDays(39)), state.StandingOf(asked, Nine.AddDays(40))));
    }

    [Fact]
    public void Whatever_is_done_in_any_order_only_a_version_with_all_it_needs_is_ever_in_force_and_what_is_off_stays_off_until_a_later_decision() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 2], Gen.Int[0, 3]).Array[1, 40].Sample(steps =>
        {
            var (state, now) = (new RegulationState(), Nine);
            foreach (var (step, version, days) in steps)
            {
                now = now.AddDays(days).AddMinutes(1);
                var id = new RegulationVersionId($"v-{version}");
                var inForce = state.InForceAt(now);
                if (step > 0 && step < 7 && state.Find(id) is null)
                {
                    continue;
                }

                state = step switch
                {
                    0 => state.Draft(id, TestRegulation.Content with { Dpia = days == 0 ? null : TestRegulation.Document }, "secretary-1", now),
                    1 => state.Advise(id, Positive with { Kind = (AdviceKind)(days % 3), At = now }),
                    2 => state.Consent(id, Consent),
                    3 => state.Activate(id, now, "secretary-1", now),
                    4 => state.Activate(id, now.AddDays(2), "secretary-1", now),
                    5 => state.Withdraw(id, "secretary-1", now),
                    6 => state.Consent(id, Consent),
                    _ => state.SwitchOff(Off(Switchable.Sound, now)).Next,
                };

                // Nothing but an activation at once changes what is in force at this moment, and nothing takes it back.
                if (state.InForceAt(now) is { } present)
                {
                    var counting = state.Known(present.Version);
                    Assert.Empty(RegulationState.Needs(counting));
                    Assert.True(counting.Activation!.From <= now && counting.Activation.DecidedAt <= counting.Activation.From);
                    Assert.False(present.Terms.Sound && state.SwitchOffs.Any(off => off.At >= counting.Activation.DecidedAt));
                }

                Assert.True(step == 3 || inForce?.Version == state.InForceAt(now)?.Version);
                Assert.False(inForce is not null && state.InForceAt(now) is null);
            }
        });

    private static SwitchOff Off(Switchable what, DateTimeOffset at) => new(what, SwitchOffReason.NotNecessary, "officer-1", at);

    private static AskedAmendment Asked(AmendmentId id) => new(id, [ArticleId.Sound], TestRegulation.Document, "officer-1", new DateOnly(2026, 11, 23), AmendmentStanding.Open);

    private static RegulationState Activated(RegulationState state, RegulationVersionId id, DateTimeOffset from) => state
        .Draft(id, TestRegulation.Content, "secretary-1", from).Advise(id, Positive).Consent(id, Consent).Activate(id, from, "secretary-1", from);
}
