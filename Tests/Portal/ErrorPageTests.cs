using System.Net;

namespace RecordingCluster.Tests.Portal;

/// <summary>What a person with a browser sees when something is not done: what it means and what to do, in the language of the browser's choice.</summary>
[Collection(PortalCollection.Name)]
public sealed class ErrorPageTests(PortalSilo silo)
{
    [Theory]
    [InlineData("demo-reception", "/nowhere", HttpStatusCode.NotFound, "Hier is niets")]
    [InlineData("demo-reception", "/talk", HttpStatusCode.Forbidden, "Dit is niet voor uw rol")]
    [InlineData("demo-secretary", "/certificates/rec_1", HttpStatusCode.BadRequest, "Dit klopt niet")]
    [InlineData("demo-secretary", "//nowhere", HttpStatusCode.NotFound, "Hier is niets")]
    public async Task A_person_gets_a_page_and_a_program_gets_the_facts(string subject, string path, HttpStatusCode status, string title)
    {
        using var client = await silo.SignIn(subject);

        using var page = await client.Send(Asking(path, "text/html,application/xhtml+xml,*/*;q=0.8"));
        using var facts = await client.Send(Asking(path, "application/json"));

        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((status, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Contains($"<title>{title}</title>", html, StringComparison.Ordinal);
        Assert.Contains("lang=\"nl\"", html, StringComparison.Ordinal);
        Assert.True(page.Headers.Contains("Content-Security-Policy"));
        Assert.Equal((status, "application/problem+json"), (facts.StatusCode, facts.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("/talk", "Welk gesprek?")]
    [InlineData("/talk?reference=", "Welk gesprek?")]
    [InlineData("/talk?reference=jan@gemeente.nl", "Gesprek niet gevonden")]
    [InlineData("/talk?reference=afspraak-1", "Gesprek niet gevonden")]
    public async Task Where_no_talk_is_named_or_none_is_there_the_page_asks_which(string path, string heading)
    {
        using var client = await silo.SignIn("demo-official");

        using var page = await client.Send(Asking(path, "text/html"));

        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"{heading}</h1>", html, StringComparison.Ordinal);
        Assert.Contains("action=\"/talk\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_speaks_the_language_that_was_chosen_even_where_nothing_is_routed()
    {
        using var client = silo.Nobody();

        var request = Asking("//nowhere", "text/html");
        request.Headers.Add("Cookie", "__Host-language=c%3Den-GB%7Cuic%3Den-GB");
        using var page = await client.Send(request);

        Assert.Contains("There is nothing here", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private HttpRequestMessage Asking(string path, string accept) => new(HttpMethod.Get, new Uri($"{silo.Address.GetLeftPart(UriPartial.Authority)}{path}")) { Headers = { { "Accept", accept } } };
}
