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

    internal static RegulationState Activated(RegulationState state, RegulationVersionId id, DateTimeOffset from) => state
        .Draft(id, TestRegulation.Content, "secretary-1", from).Advise(id, Positive).Consent(id, Consent).Activate(id, from, "secretary-1", from);
}
