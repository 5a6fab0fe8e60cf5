using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>From a moment (included) until a later one (not included).</summary>
internal sealed record TimesDto(DateTimeOffset From, DateTimeOffset Until)
{
    public TimeRange ToRange() => new(From, Until);

    public static TimesDto Of(TimeRange range) => new(range.From, range.Until);
}
