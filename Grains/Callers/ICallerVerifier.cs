using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Says who stands behind a token that came with a call. The only place where a token is believed (DESIGN §6).</summary>
public interface ICallerVerifier
{
    /// <summary>Judges a token. Done at once for one that was seen before: it is asked at every call.</summary>
    ValueTask<CallerVerdict> Verify(string token);
}

/// <summary>Who it is, or why it is nobody.</summary>
/// <param name="Caller">The caller; null when the token is not believed.</param>
/// <param name="Fault">For the trail: what is wrong with the token, in words that hold nothing of it.</param>
public readonly record struct CallerVerdict(Caller? Caller, string? Fault)
{
    public static CallerVerdict Is(Caller caller) => new(caller, null);

    public static CallerVerdict Not(string fault) => new(null, fault);
}
