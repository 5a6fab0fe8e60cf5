using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;

namespace RecordingCluster.Silo.Capture;

/// <summary>How loud sound is, in decibels below the loudest there can be. It goes through memory alone.</summary>
internal static partial class SoundLevel
{
    // Seconds of sound take milliseconds.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    internal static ImmutableArray<string> Arguments { get; } =
    [
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "info", "-protocol_whitelist", "pipe", "-f", "mov", "-i", "pipe:0",
        "-map", "0:a:0", "-af", "volumedetect", "-f", "null", "-",
    ];

    /// <summary>On average and at its loudest; null when that cannot be told.</summary>
    /// <param name="media">A stream's beginning and some of its fragments.</param>
    /// <param name="clock">For how long it may take.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<(double Mean, double Peak)?> Measure(byte[] media, TimeProvider clock, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        var said = new StringBuilder();
        var child = Cli.Wrap("setpriv")
            .WithArguments(["--pdeathsig", "KILL", "ffmpeg", .. Arguments])
            .WithStandardInputPipe(PipeSource.FromBytes(media))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(said))
            .WithValidation(CommandResultValidation.None);
        try
        {
            await await ChildThread.Instance.Start(() => child.ExecuteAsync(either.Token).Task);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }

        return Read(said.ToString());
    }

    internal static (double Mean, double Peak)? Read(string said) =>
        Mean().Match(said) is { Success: true } mean && Peak().Match(said) is { Success: true } peak ? (Number(mean), Number(peak)) : null;

    private static double Number(Match match) => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    // Words of ffmpeg 5.1.
    [GeneratedRegex(@"mean_volume: (-?\d+(?:\.\d+)?) dB")]
    private static partial Regex Mean();

    [GeneratedRegex(@"max_volume: (-?\d+(?:\.\d+)?) dB")]
    private static partial Regex Peak();
}
