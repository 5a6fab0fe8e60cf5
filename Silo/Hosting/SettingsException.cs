using System.Collections.Immutable;

namespace RecordingCluster.Silo.Hosting;

/// <summary>The start is refused: what is wrong with the settings.</summary>
internal sealed class SettingsException(ImmutableArray<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public ImmutableArray<string> Faults { get; } = faults;
}
