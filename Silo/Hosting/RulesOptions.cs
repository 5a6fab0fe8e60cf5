using RecordingCluster.Grains;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Rules</c>: the numbers of which no regulation speaks. What the regulation lays down is not set here.</summary>
internal sealed class RulesOptions
{
    // Long enough to record at all.
    private static readonly TimeSpan ShortestInDemo = TimeSpan.FromSeconds(1);

    public TimeSpan ErasurePeriod { get; set; } = new RecordingRules().ErasurePeriod;

    public TimeSpan SetUp { get; set; } = new RecordingRules().SetUp;

    public IEnumerable<string> Faults()
    {
        // Orleans ticks no faster than once a minute, and R9 allows one hour.
        if (ErasurePeriod < TimeSpan.FromMinutes(1) || ErasurePeriod > TimeSpan.FromHours(1))
        {
            yield return "Rules:ErasurePeriod must be 1 minute to 1 hour (R9). An example that is right: 01:00:00.";
        }

        if (SetUp < TimeSpan.Zero || SetUp > TimeSpan.FromHours(1))
        {
            yield return "Rules:SetUp must be 0 to 1 hour. An example that is right: 00:05:00.";
        }
    }

    public RecordingRules ToRules(bool isDemo)
    {
        var rules = new RecordingRules { ErasurePeriod = ErasurePeriod, SetUp = SetUp };
        return isDemo ? rules with { ShortestRetention = ShortestInDemo } : rules;
    }
}
