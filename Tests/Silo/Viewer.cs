using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Tests.Portal;

namespace RecordingCluster.Tests.Silo;

/// <summary>Somebody who looks at a recording through a silo's portal, with the secretary's word, and what a player makes of it.</summary>
internal static class Viewer
{
    public static readonly Caller Administrator = new("demo-administrator", Roles.CameraAdministrator);

    public static async Task<string> BeginViewing(SiloProcess silo, PortalClient player, RecordingId recording, TimeRange window)
    {
        var request = await Grant(silo, recording, window);
        var begun = await player.Ask(HttpMethod.Post, $"/access-requests/{request}/viewings");
        Assert.Equal(HttpStatusCode.Created, begun.Status);
        return begun.Body.GetProperty("playlist").GetString()!;
    }

    /// <summary>The administrator asks, and the secretary says yes.</summary>
    public static async Task<AccessRequestId> Grant(SiloProcess silo, RecordingId recording, TimeRange window)
    {
        var request = AccessRequestId.New();
        using (SiloProcess.As(Administrator))
        {
            Assert.IsType<AskOutcome.Asked>(await silo.Client.AccessRequest(request).Ask(new AccessQuestion(recording, window, Purpose.Complaint, new CaseReference("case-1"))));
        }

        using var secretary = await silo.SignIn("demo-secretary");
        var (approved, why) = await secretary.Approve(request.ToString());
        Assert.True(approved == HttpStatusCode.OK, $"{why}");
        return request;
    }

    public static async Task<byte[]> Play(SiloProcess silo, RecordingId recording, TimeRange window)
    {
        using var http = await silo.SignIn(Administrator.Subject);
        var playlist = new Uri(silo.Portal, await BeginViewing(silo, http, recording, window));
        using var received = new MemoryStream();
        var hasBeginning = false;
        foreach (var line in (Encoding.UTF8.GetString(await http.Download(playlist))).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("#EXT-X-MAP", StringComparison.Ordinal) && !hasBeginning)
            {
                hasBeginning = true;
                received.Write(await http.Download(new Uri(playlist, line.Split('"')[1])));
            }
            else if (line[0] != '#')
            {
                received.Write(await http.Download(new Uri(playlist, line)));
            }
        }

        return received.ToArray();
    }

    public static async Task<string> Streams(byte[] media)
    {
        var answer = await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", "-i", "pipe:0"])
            .WithStandardInputPipe(PipeSource.FromBytes(media))
            .ExecuteBufferedAsync();
        return string.Join(' ', answer.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    // By the box, as a player adds them up: a picture without a length would leave a hole between fragments. ffprobe guesses it from the rate.
    public static async Task<double> PictureSeconds(byte[] media)
    {
        var splitter = new BoxSplitter(PipeReader.Create(new ReadOnlySequence<byte>(media)));
        var tracks = Tracks.Read((await splitter.ReadInit(default))!);
        var seconds = 0.0;
        while (await splitter.ReadFragment(default) is { } fragment)
        {
            seconds += FragmentContent.Read(fragment.ToArray(), tracks).Duration.TotalSeconds;
        }

        return seconds;
    }

    public static async Task<(long Frames, double SoundSeconds, string Codecs)> Decode(byte[] media)
    {
        var answer = await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-show_entries", "frame=media_type,nb_samples:stream=codec_name,sample_rate", "-of", "json", "-i", "pipe:0"])
            .WithStandardInputPipe(PipeSource.FromBytes(media))
            .ExecuteBufferedAsync();
        Assert.Equal("", answer.StandardError);
        var root = JsonDocument.Parse(answer.StandardOutput).RootElement;
        var frames = root.GetProperty("frames").EnumerateArray().ToList();
        var streams = root.GetProperty("streams").EnumerateArray().ToList();
        var rate = streams.Where(stream => stream.TryGetProperty("sample_rate", out _)).Select(stream => double.Parse(stream.GetProperty("sample_rate").GetString()!, System.Globalization.CultureInfo.InvariantCulture)).Single();
        return (
            frames.Count(frame => frame.GetProperty("media_type").GetString() == "video"),
            frames.Where(frame => frame.TryGetProperty("nb_samples", out _)).Sum(frame => frame.GetProperty("nb_samples").GetInt64()) / rate,
            string.Join(' ', streams.Select(stream => stream.GetProperty("codec_name").GetString())));
    }
}
