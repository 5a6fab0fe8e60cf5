using System.Threading.RateLimiting;

namespace RecordingCluster.Silo.Identity;

/// <summary>Limits sign-in and enrolment. No account is ever locked by failures: that would let anybody keep the secretary out.</summary>
/// <remarks>
/// There is nothing to guess: links and challenges have 256 bits, codes 100, and keys sign. What this bounds is work and
/// lines in the trail.
/// </remarks>
internal sealed class PeopleAttempts : IEndpointFilter, IDisposable
{
    // Signing in takes two requests, enrolling two: half a minute of it from one desk for one that does nothing else.
    private const int MostFromOneAddress = 60;

    // A town hall at nine in the morning, behind one proxy or not.
    private const int MostOfAll = 600;

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(http => Window(http.Connection.RemoteIpAddress?.ToString() ?? "", MostFromOneAddress)),
        PartitionedRateLimiter.Create<HttpContext, string>(_ => Window("all", MostOfAll)));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var lease = limiter.AttemptAcquire(context.HttpContext);
        return lease.IsAcquired
            ? await next(context)
            : Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: "TooManyAttempts", detail: "Er zijn te veel pogingen gedaan. Probeer het over een minuut opnieuw.");
    }

    public void Dispose() => limiter.Dispose();

    private static RateLimitPartition<string> Window(string key, int most) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
}
