using System.Globalization;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace RecordingCluster.Tool.Walking;

/// <summary>Length of picture and sound, counted by ffprobe on the bytes themselves: pictures by packet, sound decoded.</summary>
internal static class Measured
{
    public static async Task<(double VideoSeconds, double AudioSeconds)> Of(byte[] media)
    {
        var pictures = await Probe(media, "v:0", "packet=duration_time");
        var sound = await Probe(media, "a:0", "frame=nb_samples:stream=sample_rate");
        var rate = double.Parse(sound.GetProperty("streams")[0].GetProperty("sample_rate").GetString()!, CultureInfo.InvariantCulture);
        return (
            Math.Round(pictures.GetProperty("packets").EnumerateArray().Sum(packet => double.Parse(packet.GetProperty("duration_time").GetString()!, CultureInfo.InvariantCulture)), 3),
            Math.Round(sound.GetProperty("frames").EnumerateArray().Sum(frame => frame.GetProperty("nb_samples").GetInt64()) / rate, 3));
    }

    private static async Task<JsonElement> Probe(byte[] media, string stream, string entries)
    {
        var answer = await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-protocol_whitelist", "pipe", "-select_streams", stream, "-show_entries", entries, "-of", "json", "-i", "pipe:0"])
            .WithStandardInputPipe(PipeSource.FromBytes(media))
            .ExecuteBufferedAsync();
        return JsonDocument.Parse(answer.StandardOutput).RootElement;
    }
}
