using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace RecordingCluster.Silo.Portal.Edge;

/// <summary>How often somebody may ask: a person when one is signed in, otherwise an address.</summary>
internal static class RequestRates
{
    /// <summary>The name of the strict rate, for routes that sign in.</summary>
    public const string SignIn = "sign-in";

    // A sign-in by passkey is two requests; who fumbles tries five times a minute: 2 x 5, and as many again.
    public const int SignInsPerMinute = 20;

    // Whoever looks fetches a fragment a second, and after a jump a few at once. A page with all it loads is below 30.
    // Ten times either leaves every normal use alone.
    public const int RequestsPerSecond = 50;
    public const int RequestsAtOnce = 300;

    // Each change is at least two flushed entries in the trail. Nobody clicks ten times a second; a program that repeats may, for a moment.
    public const int ChangesPerSecond = 10;
    public const int ChangesAtOnce = 60;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static void Apply(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = Refuse;
        options.AddPolicy<string, SignInRate>(SignIn);
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetTokenBucketLimiter(WhoOf(http), _ => Bucket(RequestsAtOnce, RequestsPerSecond))),
            PartitionedRateLimiter.Create<HttpContext, string>(http =>
                HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
                    ? RateLimitPartition.GetNoLimiter("")
                    : RateLimitPartition.GetTokenBucketLimiter(WhoOf(http), _ => Bucket(ChangesAtOnce, ChangesPerSecond))));
    }

    private static TokenBucketRateLimiterOptions Bucket(int atOnce, int perSecond) => new()
    {
        TokenLimit = atOnce,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = Second,
    };

    private static string WhoOf(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } subject ? $"person {subject}" : AddressOf(http);

    private static string AddressOf(HttpContext http) => $"address {http.Connection.RemoteIpAddress}";

    private static async ValueTask Refuse(OnRejectedContext context, CancellationToken cancellation)
    {
        TellWait(context);
        await Problem.OfStatus(StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext);
    }

    private static void TellWait(OnRejectedContext context)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : Second;
        context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    // Trying key after key is a deed that the trail tells of; asking too fast for all the rest is not.
    private sealed class SignInRate(RefusalTrail trail) : IRateLimiterPolicy<string>
    {
        public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected => async (context, _) =>
        {
            TellWait(context);
            await trail.Answer(context.HttpContext, RefusalTrail.TooOften, Problem.OfStatus(StatusCodes.Status429TooManyRequests));
        };

        public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetFixedWindowLimiter(
            AddressOf(httpContext), _ => new FixedWindowRateLimiterOptions { PermitLimit = SignInsPerMinute, Window = Minute });
    }
}
