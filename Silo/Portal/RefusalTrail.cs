using System.Security.Claims;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Portal.Endpoints;

namespace RecordingCluster.Silo.Portal;

/// <summary>Writes one line into the trail for each request that the portal refuses before a grain hears of it (R16).</summary>
/// <remarks>
/// What a grain refuses, its own filter writes. An address where nothing is (404), or input that breaks a rule (400), is not
/// refused to somebody and leaves no line here.
/// A flood is bounded before it comes here (<see cref="Edge.RequestRates"/>): one person or address makes at most 300 lines at
/// once and 50 each second, of about 600 bytes: 30 kB/s, or 2.6 GB in a day of doing nothing else. What the common rate turns away
/// leaves no line, or that bound would be none; what the rate of signing in turns away has passed the common one for changes,
/// which is 10 each second.
/// </remarks>
/// <param name="write">Writes actor, deed, subject and facts as a refusal.</param>
/// <param name="plan">The rooms there are.</param>
/// <param name="clock">Measures how long it takes.</param>
/// <param name="log">Hears of what could not be written.</param>
internal sealed partial class RefusalTrail(Func<string, string, string, object, Task> write, SitePlan plan, TimeProvider clock, ILogger<RefusalTrail> log)
{
    public const string NotSignedIn = "nobody is signed in";
    public const string NotAllowed = "not allowed to this caller";
    public const string NotFresh = "the passkey was not shown moments ago";
    public const string NotOfThePortal = "no page of this portal asked for it";
    public const string TooOften = "too many sign-ins from one address";

    private const string Portal = "portal";

    // An entry takes milliseconds. Whoever is refused waits this long at most for one that does not come.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static RefusalTrail Into(PeopleTrail trail, SitePlan plan, TimeProvider clock, ILogger<RefusalTrail> log) =>
        new((actor, deed, subject, facts) => trail.Note(actor, deed, subject, AuditResult.Refused, facts), plan, clock, log);

    /// <summary>Writes the line, then answers. Whatever becomes of the line, the answer is the refusal.</summary>
    public async Task Answer(HttpContext http, string reason, Problem problem)
    {
        var deed = DeedOf(http);
        try
        {
            // Not ended by the caller's going away: who is refused and hangs up was refused.
            await write(ActorOf(http.User), deed, SubjectOf(http.Request.RouteValues), new { reason }).WaitAsync(Longest, clock);
        }
        catch (Exception fault)
        {
            LogNotWritten(deed, reason, fault);
        }

        await problem.ExecuteAsync(http);
    }

    private static string ActorOf(ClaimsPrincipal user) => user.Identity?.IsAuthenticated == true ? user.ToCaller().ToString() : "nobody";

    // Method and pattern are the program's own words; nothing that a caller typed is among them.
    private static string DeedOf(HttpContext http)
    {
        var method = http.GetEndpoint()?.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.FirstOrDefault(known => HttpMethods.Equals(known, http.Request.Method));
        return $"{method ?? "ANY"} /{(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Trim('/')}";
    }

    // As the trail names it elsewhere, so that all about one recording is found together; what is no id of ours is left out.
    private string SubjectOf(RouteValueDictionary values)
    {
        try
        {
            return values["recording"] is string recording ? $"recording/{Ids.Recording(recording).Value:N}"
                : values["request"] is string request ? $"access-request/{Ids.AccessRequest(request).Value:N}"
                : values["room"] is string name && plan.Rooms.FirstOrDefault(room => room.Id.Value == name) is { } known ? $"room/{known.Id}"
                : values["id"] is string text && Guid.TryParseExact(text, "D", out var proposal) ? $"proposal/{proposal:N}"
                : Portal;
        }
        catch (RecordingClusterException)
        {
            return Portal; // it is no id
        }
    }

    [LoggerMessage(5033, LogLevel.Error, "{Deed} was refused ({Reason}), and that could not be written into the trail")]
    private partial void LogNotWritten(string deed, string reason, Exception fault);
}
