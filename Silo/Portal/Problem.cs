using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Portal.Pages;
using RecordingCluster.Silo.Portal.Texts;

namespace RecordingCluster.Silo.Portal;

/// <summary>What was not done, as RFC 9457 has it: a type that programs can go by, and the facts that somebody needs to act.</summary>
/// <remarks>It holds nothing that differs from one answer to the next, such as a trace id: what may not be known answers byte by byte as what is not there.</remarks>
internal sealed class Problem(int status, string type, string title, object? facts = null) : IResult
{
    public const string MediaType = "application/problem+json";

    public const string Types = "urn:recording-cluster:problem:";

    private const string DatabaseAway = "database-away";

    public int Status => status;

    public static Problem Of(RecordingClusterException fault) => fault is DatabaseAwayException
        ? new Problem(StatusCodes.Status503ServiceUnavailable, DatabaseAway, "The database does not answer.", new { detail = fault.Message })
        : Of(fault.Kind, fault.Message);

    public static Problem Of(ErrorKind kind, string detail) => OfStatus(ErrorStatus.Of(kind), detail);

    /// <summary>An outcome that the caller must act on.</summary>
    public static Problem Refuse(IOutcome outcome, string type, object facts) => new(StatusCodes.Status409Conflict, type, outcome.Refusal!, facts);

    /// <summary>There is no such thing, or the caller may not know that there is: the one answer for both.</summary>
    public static Problem NotFound => OfStatus(StatusCodes.Status404NotFound);

    /// <summary>For an answer that has a status and no words of its own.</summary>
    public static Problem OfStatus(int status, string? detail = null)
    {
        var (type, title, wayOut) = status switch
        {
            400 => ("invalid-input", "The request breaks a rule.", "Compare it with what the route takes."),
            401 => ("not-signed-in", "Nobody is signed in.", "Sign in and try again."),
            403 => ("not-allowed", "This is not allowed to you.", "Sign in with a role that may do it."),
            404 => ("not-found", "There is nothing here.", "Look at the address."),
            405 => ("method-not-allowed", "This address does not take that method.", "The header Allow names what it takes."),
            408 => ("too-slow", "The request came too slowly.", "Send it again."),
            409 => ("conflict", "It contradicts what is settled.", "Read what stands, and decide anew."),
            413 => ("too-large", "The body is too large.", $"No route takes more than {Edge.ServerLimits.MostBodyBytes} bytes."),
            415 => ("wrong-media-type", "The body is of another kind than this address takes.", "Send JSON as application/json."),
            429 => ("too-many-requests", "Too many requests.", "Wait as long as the header Retry-After says."),
            503 => ("unavailable", "A part of the cluster does not answer now.", "Try again in a moment."),
            >= 400 and < 500 => ("refused", "The request was refused.", "Compare it with what the route takes."),
            _ => ("failed", "Something failed here.", "Try again; when it stays, tell the operator the time."),
        };
        return new Problem(status, type, title, new { detail = detail ?? wayOut });
    }

    public Task ExecuteAsync(HttpContext httpContext) => IsForPerson(httpContext.Request) ? ShowPage(httpContext) : WriteFacts(httpContext);

    // Whoever opens an address in a browser gets a page; scripts and programs ask for JSON.
    private static bool IsForPerson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    // In a scope of its own: that of a page which failed half-way has its renderer begun already.
    private async Task ShowPage(HttpContext http)
    {
        Languages.Speak(http);
        var services = http.RequestServices;
        await using var own = services.CreateAsyncScope();
        http.RequestServices = own.ServiceProvider;
        try
        {
            var facts = new Dictionary<string, object?> { [nameof(ProblemPage.Status)] = status, [nameof(ProblemPage.IsDatabaseAway)] = type == DatabaseAway, [nameof(ProblemPage.At)] = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() };
            await new RazorComponentResult<ProblemPage>(facts) { StatusCode = status }.ExecuteAsync(http);
        }
        catch (Exception) when (!http.Response.HasStarted)
        {
            // What cannot even be shown is told all the same.
            await WriteFacts(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    private Task WriteFacts(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToNode(facts ?? new { }, PortalJson.Options)!.AsObject();
        body.Insert(0, "type", Types + type);
        body.Insert(1, "title", title);
        body.Insert(2, "status", status);
        httpContext.Response.StatusCode = status;
        return httpContext.Response.WriteAsJsonAsync(body, PortalJson.Options, MediaType, httpContext.RequestAborted);
    }
}
