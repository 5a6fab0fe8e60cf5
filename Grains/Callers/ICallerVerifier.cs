using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Says who stands behind a token that came with a call. The only place where a token is believed (DESIGN §6).</summary>
public interface ICallerVerifier
{
    /// <summary>Judges a token, said in whole or by its digest. Done at once for one that was seen before: it is asked at every call.</summary>
    /// <exception cref="TokenUnknownException">It is the digest of a token that was not believed here, or no longer is.</exception>
    ValueTask<CallerVerdict> Verify(string said);
}

/// <summary>Who it is, or why it is nobody. No record: its text would hold the token.</summary>
public sealed class CallerVerdict
{
    private CallerVerdict(Caller? caller, string? token, string? fault) => (Caller, Token, Fault) = (caller, token, fault);

    /// <summary>No token came.</summary>
    public static CallerVerdict Nobody { get; } = new(null, null, null);

    /// <summary>The cluster itself calls, for nobody in particular. Its token is made anew for what it goes on to ask.</summary>
    public static CallerVerdict Silo { get; } = new(GrainInterfaces.Callers.Caller.Silo, null, null);

    /// <summary>The caller; null when the token is not believed.</summary>
    public Caller? Caller { get; }

    /// <summary>The whole token of the person or service, to go on with.</summary>
    public string? Token { get; }

    /// <summary>For the trail: what is wrong with the token, in words that hold nothing of it.</summary>
    public string? Fault { get; }

    public static CallerVerdict Is(Caller caller, string token) => new(caller, token, null);

    public static CallerVerdict Not(string fault) => new(null, null, fault);
}
