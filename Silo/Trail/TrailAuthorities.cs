using RecordingCluster.GrainInterfaces.Audit;

namespace RecordingCluster.Silo.Trail;

/// <summary>The CAs by which this silo checks signatures under heads and certificates: the bundle that it serves by.</summary>
internal sealed class TrailAuthorities(string file)
{
    public SealCheck NewCheck() => SealCheck.By(File.ReadAllText(file));
}
