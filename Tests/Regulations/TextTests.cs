using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Regulations;
using RecordingCluster.Grains.Regulations.Texts;
using RecordingCluster.Silo.Publishing;
using RecordingCluster.Tests.Architecture;

namespace RecordingCluster.Tests.Regulations;

/// <summary>What people read and hear is made from the terms in force (R18).</summary>
public sealed class TextTests
{
    private static RegulationInForce InForce(Func<RegulationTerms, RegulationTerms>? change = null) =>
        new(TestRegulation.First, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), (change ?? (terms => terms))(TestRegulation.Terms));

    [Theory]
    [InlineData(Language.Dutch)]
    [InlineData(Language.English)]
    public void Letter_sticker_and_spoken_word_are_the_approved_ones(Language language)
    {
        var notices = Notices.Of(InForce(), language);

        Approved.Equal($"notices-{language}".ToLowerInvariant(), $"{notices.TextVersion}\n\n{notices.Letter}\n\n---\n\n{notices.Sticker}\n\n---\n\n{notices.Spoken}");
    }

    [Fact]
    public void The_public_page_is_the_approved_one()
    {
        var articles = TestRegulation.Content.Articles.SetItem(0, TestRegulation.Article(ArticleId.Picture, "Beeld", "Wij nemen op:\n\n1. beeld, <b>scherp</b>;\n2. **nooit** meer\n   dan nodig.\n\n- zo is het"));
        var page = PublicPage.Of(InForce(), articles);

        Approved.Equal("public-page-html", page.Html);
        Approved.Equal("public-page-json", page.Json);
    }

    [Fact]
    public void Texts_follow_what_is_switched_off_and_have_another_version_then()
    {
        var (silent, off) = (Notices.Of(InForce(terms => terms with { Sound = false }), Language.Dutch), Notices.Of(InForce(terms => terms with { Recording = false, Sound = false }), Language.Dutch));

        Assert.Contains("beeld, zonder geluid", silent.Letter, StringComparison.Ordinal);
        Assert.Contains("niet op", off.Spoken, StringComparison.Ordinal);
        Assert.Equal(("model-1.w1.picture-only", "model-1.w1.off"), (silent.TextVersion, off.TextVersion));
    }

    [Theory]
    [InlineData("14.00:00:00", "14 dagen", "14 days")]
    [InlineData("1.00:00:00", "1 dag", "1 day")]
    [InlineData("1.12:00:00", "36 uur", "36 hours")]
    [InlineData("00:01:15", "75 seconden", "75 seconds")]
    public void A_length_is_told_as_people_say_it(string length, string dutch, string english)
    {
        var time = TimeSpan.Parse(length, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal((dutch, english), (Wording.Of(time, Language.Dutch), Wording.Of(time, Language.English)));
    }

    [Fact]
    public void The_model_regulation_has_all_that_a_draft_can_have_and_keeps_every_rule()
    {
        var model = ModelRegulation.Read();

        model.Check(TimeSpan.FromHours(1));
        var needs = RegulationState.Needs(new RegulationState().Draft(TestRegulation.First, model, "secretary-1", default).Known(TestRegulation.First));
        Assert.Equal([ActivationNeed.Advice, ActivationNeed.Consent], needs);
        Assert.Equal(TestRegulation.Terms, model.Terms);
    }

    [Fact]
    public void Two_versions_are_compared_article_by_article_and_term_by_term()
    {
        var changed = TestRegulation.Content with
        {
            Articles = [TestRegulation.Content.Articles[0], TestRegulation.Article(ArticleId.Sound, "Geluid", "Er is geen geluid."), TestRegulation.Article(new ArticleId("purpose"), "Doel")],
            Terms = TestRegulation.Terms with { Sound = false },
        };

        var diff = RegulationComparison.Of(TestRegulation.Content, changed);

        Assert.Equal([new TermDiff("sound", "on", "off")], diff.Terms);
        Assert.Equal([ArticleId.Sound, new ArticleId("purpose"), ArticleId.RetentionReasons], diff.Articles.Select(article => article.Id));
        Assert.Equal(
            [new DiffLine(DiffKind.Both, "Geluid"), new DiffLine(DiffKind.Removed, "Dit staat erin."), new DiffLine(DiffKind.Added, "Er is geen geluid.")],
            diff.Articles[0].Dutch);
    }
}
