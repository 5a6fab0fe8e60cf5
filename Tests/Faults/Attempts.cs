using System.Text.RegularExpressions;

namespace RecordingCluster.Tests.Faults;

/// <summary>Whom a program tried to reach, read from what strace noted: each address with its port, and each socket of this machine by its path.</summary>
internal static partial class Attempts
{
    public static IEnumerable<string> Read(IEnumerable<string> lines) => lines.SelectMany(line =>
        Addresses().Matches(line).Select(found => $"{found.Groups["address"].Value}:{found.Groups["port"].Value}")
            .Concat(Paths().Matches(line).Select(found => $"unix:{found.Groups["path"].Value}")));

    /// <summary>Where the silo tells an ffmpeg that it starts where its camera is.</summary>
    public static IEnumerable<string> Entrances(IEnumerable<string> lines) => lines.SelectMany(line => Entrance().Matches(line).Select(found => found.Groups["entrance"].Value));

    // execve("/usr/bin/ffmpeg", ["ffmpeg", ..., "-i", "rtsp://127.0.0.1:40123/", ...
    [GeneratedRegex("""execve\(.*"-i", "rtsp://(?<entrance>127\.0\.0\.1:\d+)/",""")]
    private static partial Regex Entrance();

    // {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.1")} and
    // {sa_family=AF_INET6, sin6_port=htons(53), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "fd00::1", &sin6_addr), sin6_scope_id=0}
    [GeneratedRegex("""sa_family=AF_INET6?, sin6?_port=htons\((?<port>\d+)\),.*?(?:inet_addr\(|inet_pton\(AF_INET6, )"(?<address>[^"]+)""")]
    private static partial Regex Addresses();

    [GeneratedRegex("""sa_family=AF_UNIX, sun_path=@?"(?<path>[^"]*)""")]
    private static partial Regex Paths();
}
