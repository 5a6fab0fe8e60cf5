using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Tests.Regulations;

/// <summary>A regulation that has all it needs, and its way into force as its people would go it.</summary>
internal static class TestRegulation
{
    public static readonly RegulationVersionId First = new("model-1");
    public static readonly DocumentReference Document = new("dms:2026/17");

    private static readonly Caller Secretary = new("secretary-1", Roles.Secretary);
    private static readonly Caller Officer = new("officer-1", Roles.DataProtectionOfficer);

    public static RegulationTerms Terms { get; } =
        new(RegulationTerms.LongestRetention, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(24), 1, Recording: true, Sound: true);

    public static RegulationContent Content { get; } = new(
        [Article(ArticleId.Picture, "Beeld"), Article(ArticleId.Sound, "Geluid"), Article(ArticleId.RetentionReasons, "Bewaren")], Terms, Document, []);

    public static Article Article(ArticleId id, string title, string text = "Dit staat erin.") =>
        new(id, new LocalText(title, $"{title} (English)"), new LocalText(text, $"{text} (English)"));

    /// <summary>Draft, advice, consent, activation at once; with a clock, from a moment.</summary>
    public static async Task Activate(
        IGrainFactory grains, Func<Caller, IDisposable> callAs, RegulationContent? content = null, RegulationVersionId? version = null, DateTimeOffset? from = null)
    {
        var (regulation, id) = (grains.Regulation(new SiteId("town-hall")), version ?? First);
        using (callAs(Secretary))
        {
            await regulation.Draft(id, content ?? Content);
        }

        using (callAs(Officer))
        {
            await regulation.Advise(id, AdviceKind.Positive, Document);
        }

        using (callAs(Secretary))
        {
            await regulation.RecordConsent(id, new DateOnly(2026, 11, 1), Document);
            Assert.IsType<VersionOutcome.Taken>(await regulation.Activate(id, from));
        }
    }
}
