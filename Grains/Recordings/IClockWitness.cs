using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>Tells what keeps this machine's clock, and how far it is off.</summary>
public interface IClockWitness
{
    ClockReading Read();
}
