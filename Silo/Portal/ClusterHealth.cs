using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Health;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Silo.Hosting.Health;
using RecordingCluster.Silo.Portal.Texts;

namespace RecordingCluster.Silo.Portal;

/// <summary>How all silos are: this one by its own checks, each other by its grain, and of one that is away just that.</summary>
internal sealed partial class ClusterHealth(
    HealthCheckService checks, SiloHealth own, ISiloVault vault, IGrainFactory grains, SiloCalls silo, IStringLocalizer<PortalText> text, TimeProvider clock, ILogger<ClusterHealth> log)
{
    // Its checks take up to three seconds, where a camera has just lost its silo.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>This silo first, then the others by name.</summary>
    public async Task<IReadOnlyList<SiloLook>> Look(Language language, CancellationToken cancellation)
    {
        var report = await checks.CheckHealthAsync(cancellation);
        var known = report.Entries.Values.Select(HealthReading.Of).OfType<HealthReading.Silos>().FirstOrDefault();
        var others = vault.Name is null || known is null ? [] : await Task.WhenAll(
            known.Running.Where(name => name != vault.Name).Select(name => Ask(name, language)).Concat(known.Gone.Select(name => Task.FromResult(Away(name)))));
        return [new SiloLook(vault.Name, own.Of(report)), .. others.OrderBy(look => look.Name, StringComparer.Ordinal)];
    }

    private async Task<SiloLook> Ask(string name, Language language)
    {
        try
        {
            using var _ = silo.Begin();
            return new SiloLook(name, await grains.SiloHealth(name).Look(language).WaitAsync(Patience, clock));
        }
        catch (Exception fault)
        {
            LogAway(name, fault);
            return Away(name);
        }
    }

    private SiloLook Away(string name) =>
        new(name, [new SiloCheck("silo", HealthLevel.Attention, text["Deze server is weg: van zijn opslag, klok en vernietiging is nu niets bekend. Start hem, of kijk in zijn logboek waarom hij stopte."], null)]);

    [LoggerMessage(5051, LogLevel.Warning, "The health of {Silo} could not be asked")]
    private partial void LogAway(string silo, Exception fault);
}

/// <summary>How one silo is.</summary>
/// <param name="Name">Null where there is one alone.</param>
/// <param name="Checks">What its checks found.</param>
public sealed record SiloLook(string? Name, ImmutableArray<SiloCheck> Checks);
