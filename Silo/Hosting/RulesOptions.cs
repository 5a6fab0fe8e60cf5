using RecordingCluster.Grains;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Rules</c>: the numbers of the protocol.</summary>
internal sealed class RulesOptions
{
    private static readonly RecordingRules Default = new();

    public TimeSpan Retention { get; set; } = Default.Retention;

    public TimeSpan Grace { get; set; } = Default.Grace;

    public TimeSpan EarlyStart { get; set; } = Default.EarlyStart;

    public TimeSpan GrantTerm { get; set; } = Default.GrantTerm;

    public int ViewingsPerGrant { get; set; } = Default.ViewingsPerGrant;

    public TimeSpan ErasurePeriod { get; set; } = Default.ErasurePeriod;

    public string RegulationVersion { get; set; } = Default.RegulationVersion;

    public IEnumerable<string> Faults()
    {
        if (Retention <= TimeSpan.Zero || Retention > RecordingRules.LongestRetention)
        {
            yield return "Rules:Retention must be more than 0 and at most 14 days (R8). An example that is right: 14.00:00:00.";
        }

        if (Grace < TimeSpan.Zero || Grace > TimeSpan.FromHours(1))
        {
            yield return "Rules:Grace must be 0 to 1 hour. An example that is right: 00:10:00.";
        }

        if (EarlyStart < TimeSpan.Zero || EarlyStart > TimeSpan.FromHours(4))
        {
            yield return "Rules:EarlyStart must be 0 to 4 hours. An example that is right: 00:30:00.";
        }

        if (GrantTerm <= TimeSpan.Zero || GrantTerm > RecordingRules.LongestRetention)
        {
            yield return "Rules:GrantTerm must be more than 0 and at most 14 days. An example that is right: 1.00:00:00.";
        }

        if (ViewingsPerGrant is < 1 or > 10)
        {
            yield return "Rules:ViewingsPerGrant must be 1 to 10. An example that is right: 1.";
        }

        // Orleans ticks no faster than once a minute, and R9 allows one hour.
        if (ErasurePeriod < TimeSpan.FromMinutes(1) || ErasurePeriod > TimeSpan.FromHours(1))
        {
            yield return "Rules:ErasurePeriod must be 1 minute to 1 hour (R9). An example that is right: 01:00:00.";
        }

        if (RegulationVersion.Length is 0 or > 40)
        {
            yield return "Rules:RegulationVersion must be 1 to 40 characters. An example that is right: 2026-1.";
        }
    }

    public RecordingRules ToRules() => new()
    {
        Retention = Retention,
        Grace = Grace,
        EarlyStart = EarlyStart,
        GrantTerm = GrantTerm,
        ViewingsPerGrant = ViewingsPerGrant,
        ErasurePeriod = ErasurePeriod,
        RegulationVersion = RegulationVersion,
    };
}
