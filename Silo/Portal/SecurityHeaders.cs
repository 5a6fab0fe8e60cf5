namespace RecordingCluster.Silo.Portal;

/// <summary>What every answer says to the browser: nothing from outside, no frames, no guessing (R20).</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Own = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // Orleans' dashboard sets styles and scripts within its page; it is for operators alone.
    private const string Dashboard = "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self' data:; base-uri 'self'; frame-ancestors 'none'";

    public Task Invoke(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/dashboard") ? Dashboard : Own;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(http);
    }
}
