using System.Net;
using System.Text.Json;
using RecordingCluster.Tests.Portal;

namespace RecordingCluster.Tests.Identity;

/// <summary>Somebody with a passkey at the real portal, without a browser.</summary>
internal sealed class KeyHolder(PeopleSilo silo, SoftwareAuthenticator? authenticator = null) : IDisposable
{
    public SoftwareAuthenticator Key { get; } = authenticator ?? new SoftwareAuthenticator();

    public PortalClient Http { get; } = new(silo.Portal, silo.Certificates);

    public string Origin { get; } = silo.Portal.GetLeftPart(UriPartial.Authority);

    /// <summary>Enrols by a one-time link; answers the status of what refused it, or of the enrolment.</summary>
    public async Task<HttpStatusCode> Enrol(string link, string? code = null, string? origin = null, bool userVerified = true)
    {
        await Http.TakeToken();
        var token = link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];
        var options = await Http.Ask(HttpMethod.Post, "/people/enrol/options", new { token, code });
        return options.Status != HttpStatusCode.OK
            ? options.Status
            : (await Http.Ask(HttpMethod.Post, "/people/enrol", new { token, code, label = "sleutel-1", credential = Key.Register(options.Body.ToString(), origin ?? Origin, userVerified) })).Status;
    }

    public async Task<HttpStatusCode> SignIn(string? origin = null, bool userVerified = true)
    {
        await Http.TakeToken();
        var options = await Http.Ask(HttpMethod.Post, "/people/sign-in/options", new { });
        var answer = await Http.Ask(HttpMethod.Post, "/people/sign-in", new { credential = Key.SignIn(options.Body.ToString(), origin ?? Origin, userVerified) });
        if (answer.Status == HttpStatusCode.NoContent)
        {
            await Http.TakeToken(); // it is bound to who is signed in
        }

        return answer.Status;
    }

    /// <summary>What the portal asks of a key that is to be made.</summary>
    public async Task<JsonElement> EnrolmentOptions(string link)
    {
        await Http.TakeToken();
        return (await Http.Ask(HttpMethod.Post, "/people/enrol/options", new { token = link.Split('#')[1] })).Body;
    }

    public void Dispose()
    {
        Http.Dispose();
        Key.Dispose();
    }
}
