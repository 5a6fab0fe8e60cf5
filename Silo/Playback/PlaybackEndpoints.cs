using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Silo.Portal.Edge;
using RecordingCluster.Silo.Portal.Endpoints;

namespace RecordingCluster.Silo.Playback;

/// <summary>Looking, over HTTP. Each fragment is checked against the grant when it is served (R14).</summary>
/// <remarks>
/// POST begins a viewing and gives the player its ticket as a cookie of that viewing's path alone, so that no address holds
/// a secret. DELETE ends it. What was recorded and no longer opens answers 422, so that a player can go on behind it: an
/// answer of 500 would be asked for again and again.
/// </remarks>
internal static class PlaybackEndpoints
{
    private const int TicketBytes = 32;
    private const string NoSuchViewing = "There is no such viewing. Begin one first.";

    // The ticket outlives the term, which the grain goes by, so that a player can still ask why it is over.
    private static readonly TimeSpan AfterTerm = TimeSpan.FromMinutes(5);

    private static readonly string TicketCookie = EdgeCookies.ForPath("viewing");

    private static Problem Damaged => new(
        StatusCodes.Status422UnprocessableEntity, "damaged", "What was recorded here no longer opens.", new { detail = "Look at what comes after it. The server's log names the file." });

    public static void MapPlayback(this IEndpointRouteBuilder app)
    {
        var viewings = app.MapGroup("/access-requests/{request}/viewings").AllowTo(Roles.CameraAdministrator);
        viewings.MapPost("/", Begin).RequireFreshSignIn();
        viewings.MapGet("/{viewing:int}", ReadWhether);
        viewings.MapDelete("/{viewing:int}", End);
        viewings.MapGet("/{viewing:int}/playlist.m3u8", ReadPlaylist);
        viewings.MapGet("/{viewing:int}/parts/{epoch:int}-{number:int}/init.mp4", ReadInit);
        viewings.MapGet("/{viewing:int}/parts/{epoch:int}-{number:int}/fragments/{fragment:int}.m4s", ReadFragment);
    }

    private static async Task<IResult> Begin(string request, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        var secret = RandomNumberGenerator.GetBytes(TicketBytes);
        var grain = grains.AccessRequest(Ids.AccessRequest(request));
        var outcome = await grain.BeginViewing(ViewingTicket.Of(secret));
        if (outcome is not BeginViewingOutcome.Begun begun)
        {
            // Why not is told of one's own request. Reading says whether it is that, and does not find another's.
            await grain.Read();
            return Refuse(((BeginViewingOutcome.NoGrant)outcome).Why);
        }

        var path = $"/access-requests/{request}/viewings/{begun.Viewing}";
        http.Response.Cookies.Append(TicketCookie, Convert.ToHexStringLower(secret), EdgeCookies.OnPath(path, begun.Until + AfterTerm));
        return Results.Created(path, new { begun.Viewing, Playlist = $"{path}/playlist.m3u8", begun.Until });
    }

    private static async Task<IResult> End(string request, int viewing, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        await grains.AccessRequest(Ids.AccessRequest(request)).EndViewing(viewing, TicketOf(http));
        return Results.NoContent();
    }

    /// <summary>Whether it goes on. A player asks each half second, so that it stops within a second of a withdrawal, whatever it has in hand (R13).</summary>
    private static async Task<IResult> ReadWhether(string request, int viewing, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.AccessRequest(Ids.AccessRequest(request)).Check(viewing, TicketOf(http)) is { } over ? Refuse(over) : Results.NoContent();
    }

    private static async Task<IResult> ReadPlaylist(string request, int viewing, HttpContext http, IGrainFactory grains, ViewingDesk desk)
    {
        using var _ = http.CallAsUser();
        var grain = grains.AccessRequest(Ids.AccessRequest(request));
        if (await grain.Check(viewing, TicketOf(http)) is { } refusal)
        {
            return Refuse(refusal);
        }

        var shown = await Show(grain, http, desk);
        return shown switch
        {
            { Parts.IsEmpty: true, Away: [var away, ..] } => throw SisterVaults.Away(away.Vault!),
            { Parts.IsEmpty: true, Damaged.IsEmpty: false } => Damaged,
            _ => Results.Text(Playlist.Write(shown.Parts, shown.Away, shown.Damaged), Playlist.MediaType),
        };
    }

    private static async Task<IResult> ReadInit(
        string request, int viewing, int epoch, int number, HttpContext http, IGrainFactory grains, ViewingDesk desk, FragmentDesk fragments)
    {
        using var _ = http.CallAsUser();
        var grain = grains.AccessRequest(Ids.AccessRequest(request));
        if (await grain.Check(viewing, TicketOf(http)) is { } refusal)
        {
            return Refuse(refusal);
        }

        // The beginning of the first fragment that may be seen, and opens, serves them all, and shows no picture.
        var shown = await Show(grain, http, desk);
        if (Find(shown, epoch, number) is not { } part)
        {
            return NotShown(shown, epoch, number);
        }

        foreach (var fragment in part.Fragments)
        {
            if (await fragments.Open(shown, part, fragment.Number, TimeSpan.Zero, http.RequestAborted) is { } opened)
            {
                return Results.Bytes(opened.Init, "video/mp4");
            }
        }

        return Damaged;
    }

    private static async Task<IResult> ReadFragment(
        string request, int viewing, int epoch, int number, int fragment, HttpContext http, IGrainFactory grains, ViewingDesk desk, FragmentDesk fragments)
    {
        using var _ = http.CallAsUser();
        var grain = grains.AccessRequest(Ids.AccessRequest(request));
        var ticket = TicketOf(http);
        if (await grain.Check(viewing, ticket) is { } over)
        {
            return Refuse(over);
        }

        var shown = await Show(grain, http, desk);
        if (Find(shown, epoch, number) is not { } part || part.Fragments.FirstOrDefault(entry => entry.Number == fragment) is not { } wanted)
        {
            return NotShown(shown, epoch, number);
        }

        if (await grain.Serve(viewing, ticket, wanted.Span) is { } refusal)
        {
            return Refuse(refusal);
        }

        // The player's time line begins with the first picture that may be seen; gaps keep their length on it.
        var opened = await fragments.Open(shown, part, fragment, part.Began - shown.Parts[0].Fragments[0].From, http.RequestAborted);

        // Converting takes a while, in which the grant may have been withdrawn.
        if (await grain.Check(viewing, ticket) is { } since)
        {
            return Refuse(since);
        }

        return opened is { Fragment: var playable } ? Results.Bytes(playable, "video/mp4") : Damaged;
    }

    private static async Task<Shown> Show(IAccessRequestGrain grain, HttpContext http, ViewingDesk desk) =>
        await desk.Show(await grain.Read(), http.User.ToCaller().Subject) ?? throw new RecordingClusterException(ErrorKind.NotFound, NoSuchViewing);

    private static VisiblePart? Find(Shown shown, int epoch, int number) => shown.Parts.FirstOrDefault(part => part.Id.Epoch == epoch && part.Id.Number == number);

    // What cannot be reached now is said to be that, and not to be nothing.
    private static Problem NotShown(Shown shown, int epoch, int number) =>
        shown.Away.FirstOrDefault(part => part.Id.Epoch == epoch && part.Id.Number == number) is { } away ? throw SisterVaults.Away(away.Vault!) : Refuse(ViewingRefusal.OutsideWindow);

    private static ViewingTicket TicketOf(HttpContext http)
    {
        var secret = http.Request.Cookies[TicketCookie];
        return secret is { Length: 2 * TicketBytes } && secret.All(char.IsAsciiHexDigit)
            ? ViewingTicket.Of(Convert.FromHexString(secret))
            : throw new RecordingClusterException(ErrorKind.NotFound, NoSuchViewing);
    }

    // 410 says that it was allowed and is over; 403 that one's own request is not allowed; of all else nothing is told.
    private static Problem Refuse(ViewingRefusal why) => why switch
    {
        ViewingRefusal.TermPassed or ViewingRefusal.RecordingGone or ViewingRefusal.UsedUp or ViewingRefusal.Withdrawn or ViewingRefusal.Lapsed or ViewingRefusal.Ended =>
            new Problem(StatusCodes.Status410Gone, "viewing-over", "The grant is over.", new { detail = "Ask again, if there is a new reason to look.", why }),
        ViewingRefusal.ObjectionOpen =>
            new Problem(StatusCodes.Status403Forbidden, "objection-open", "An objection is open.", new { detail = "Nothing is shown until it is decided.", why }),
        ViewingRefusal.NotDecided or ViewingRefusal.RefusedBySecretary or ViewingRefusal.Retracted =>
            new Problem(StatusCodes.Status403Forbidden, "no-grant", "There is no grant to look.", new { detail = "The secretary decides.", why }),
        _ => Problem.Of(ErrorKind.NotFound, NoSuchViewing),
    };
}
