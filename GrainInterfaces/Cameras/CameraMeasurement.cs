using System.Collections.Immutable;

namespace RecordingCluster.GrainInterfaces.Cameras;

/// <summary>What a camera gave in a few seconds, in numbers. No picture and no sound is in it, and none is kept (R2).</summary>
/// <param name="At">When it was measured.</param>
/// <param name="Faults">What would keep it from recording; none when it fits.</param>
/// <param name="Picture">Null when no picture came.</param>
/// <param name="Sound">Null when the camera offers none, or the regulation lets none be recorded.</param>
[GenerateSerializer, Immutable, Alias("camera-measurement")]
public sealed record CameraMeasurement(DateTimeOffset At, ImmutableArray<CameraFault> Faults, PictureNumbers? Picture = null, SoundNumbers? Sound = null)
{
    public bool IsFit => Faults.IsEmpty;
}

/// <summary>The picture in numbers.</summary>
/// <param name="Codec">Its sample entry, such as avc1 or hev1.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="FramesPerSecond">Pictures.</param>
/// <param name="KilobitsPerSecond">Picture and sound.</param>
/// <param name="Gop">The longest time from one whole picture (keyframe) to the next.</param>
/// <param name="IsGopWhole">False when no second whole picture came: then they are further apart than <paramref name="Gop"/>.</param>
[GenerateSerializer, Immutable, Alias("picture-numbers")]
public sealed record PictureNumbers(string Codec, int Width, int Height, double FramesPerSecond, double KilobitsPerSecond, TimeSpan Gop, bool IsGopWhole);

/// <summary>The sound in numbers. What was said cannot be told from them.</summary>
/// <param name="Codec">Its sample entry, such as mp4a, alaw or ulaw.</param>
/// <param name="SampleRate">Samples a second, as the camera says it.</param>
/// <param name="MeanDecibels">How loud it was on average; 0 is the loudest there can be. Null when no sample came.</param>
/// <param name="PeakDecibels">The loudest moment.</param>
[GenerateSerializer, Immutable, Alias("sound-numbers")]
public sealed record SoundNumbers(string Codec, int SampleRate, double? MeanDecibels = null, double? PeakDecibels = null)
{
    // G.711 cannot say less than -72 dB, and the quietest room with a microphone that is on has moments above -60.
    private const double Silent = -66;

    /// <summary>Samples may come from a microphone that is switched off.</summary>
    public bool IsSilent => !(PeakDecibels > Silent);
}
