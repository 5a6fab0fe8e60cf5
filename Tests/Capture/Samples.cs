using CliWrap;

namespace RecordingCluster.Tests.Capture;

/// <summary>What ffmpeg really writes, made once for all tests of a run.</summary>
internal static class Samples
{
    private static readonly Lazy<Task<byte[]>> G711 = new(() => Make("pcm_alaw", 8000));
    private static readonly Lazy<Task<byte[]>> Aac = new(() => Make("aac", 16000));

    /// <summary>Four seconds of H.264 with G.711, a fragment a second.</summary>
    public static Task<byte[]> WithG711() => G711.Value;

    /// <summary>Four seconds of H.264 with AAC, a fragment a second.</summary>
    public static Task<byte[]> WithAac() => Aac.Value;

    /// <summary>Four seconds of H.264 with sound of this kind, or without any; a fragment a second.</summary>
    public static Task<byte[]> With(string? sound) => sound is null ? Make(null, 8000) : Make(sound, sound == "aac" ? 16000 : 8000);

    /// <summary>Four seconds of H.265 with G.711, a fragment a second, of a camera whose pictures now wait for each other and now come at once.</summary>
    public static Task<byte[]> Unsteady() => Make("pcm_mulaw", 8000, [
        "-vf", "setpts='if(between(mod(N,20),5,12),(N-mod(N,20)+13)/15/TB-(13-mod(N,20))*0.01/TB,N/15/TB)'", "-fps_mode", "passthrough", "-enc_time_base", "1:90000",
        "-c:v", "libx265", "-x265-params", "log-level=none:bframes=0:keyint=15:min-keyint=15:scenecut=0"]);

    private static Task<byte[]> Make(string? sound, int rate) => Make(sound, rate, ["-c:v", "libx264", "-preset", "ultrafast", "-g", "15", "-bf", "0"]);

    private static async Task<byte[]> Make(string? sound, int rate, string[] video)
    {
        string[] audio = sound is null ? ["-an"] : ["-c:a", sound, "-ar", $"{rate}", "-ac", "1"];
        using var output = new MemoryStream();
        await Cli.Wrap("ffmpeg")
            .WithArguments([
                "-v", "error", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=15:duration=4", "-f", "lavfi", "-i", $"sine=frequency=440:sample_rate={rate}:duration=4",
                .. video, .. audio,
                "-f", "mov", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "pipe:1"])
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .ExecuteAsync();
        return output.ToArray();
    }
}
