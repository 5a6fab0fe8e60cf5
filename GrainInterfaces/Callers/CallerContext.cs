using System.Diagnostics;

namespace RecordingCluster.GrainInterfaces.Callers;

/// <summary>Where a call carries who makes it. Nothing reads it but the filters, which verify what they find (DESIGN §6).</summary>
public static class CallerContext
{
    /// <summary>The person or service on whose behalf the call is made; kept from grain to grain.</summary>
    public const string PersonKey = "rc-caller";

    /// <summary>Present when a grain or the silo itself makes the call.</summary>
    public const string SiloKey = "rc-silo";

    /// <summary>The trace (W3C Trace Context) within which the call is made, so that what is logged of it carries on. Believed as far as a trace goes: it groups lines, and opens nothing.</summary>
    public const string TraceKey = "rc-trace";

    /// <summary>Makes the calls of this asynchronous flow in the name of <paramref name="token"/>'s caller and within its trace, until disposed.</summary>
    public static IDisposable Use(string token)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace })
        {
            RequestContext.Set(TraceKey, trace);
        }

        return Put(PersonKey, token);
    }

    /// <summary>Puts a token under one of the two keys, until disposed; then what stood there stands there again.</summary>
    public static IDisposable Put(string key, string token)
    {
        var before = RequestContext.Get(key);
        RequestContext.Set(key, token);
        return new Restored(key, before);
    }

    private sealed class Restored(string key, object? before) : IDisposable
    {
        public void Dispose()
        {
            if (before is null)
            {
                RequestContext.Remove(key);
            }
            else
            {
                RequestContext.Set(key, before);
            }
        }
    }
}
