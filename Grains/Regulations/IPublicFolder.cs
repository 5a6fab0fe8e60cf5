using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Regulations;

/// <summary>Where the public page lies as files, to be carried to the website (R18).</summary>
public interface IPublicFolder
{
    /// <summary>Writes the page over what was there. Safe to repeat.</summary>
    Task Write(Publication publication);
}
