using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Health;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Health;
using RecordingCluster.Silo.Portal.Texts;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>The checks of this silo in words, for a page of its own portal or of a sister's.</summary>
internal sealed class SiloHealth(HealthCheckService checks, IStringLocalizer<PortalText> text) : ISiloHealth
{
    public async Task<ImmutableArray<SiloCheck>> Look(Language language)
    {
        // The culture goes with this call alone. It is another silo's that asks: nobody's browser is known here.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == Language.English ? "en-GB" : "nl-NL");
        return Of(await checks.CheckHealthAsync());
    }

    public ImmutableArray<SiloCheck> Of(HealthReport report) =>
        [.. report.Entries.Select(entry => new SiloCheck(entry.Key, LevelOf(entry.Value.Status), HealthText.Remedy(entry.Value, text), HealthText.Numbers(entry.Value, text)))];

    private static HealthLevel LevelOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => HealthLevel.Well,
        HealthStatus.Degraded => HealthLevel.Attention,
        _ => HealthLevel.Broken,
    };
}
