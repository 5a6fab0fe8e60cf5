using System.Net;
using System.Security.Cryptography;

namespace RecordingCluster.Tool.Walking;

/// <summary>An administrator's player, as a browser would be one: begins a viewing, follows the playlist.</summary>
internal sealed class Player(Uri portal, Person administrator)
{
    /// <summary>Begins a viewing; answers its playlist, or the status with which it was refused.</summary>
    public static async Task<(string? Playlist, HttpStatusCode Status)> Begin(Person person, string request)
    {
        var answer = await person.Post($"/access-requests/{request}/viewings");
        return (answer.Status == HttpStatusCode.Created ? answer.Body.GetProperty("playlist").GetString() : null, answer.Status);
    }

    public Task<(string? Playlist, HttpStatusCode Status)> Begin(string request) => Begin(administrator, request);

    /// <summary>Plays all of it into one file: each beginning once, then its fragments.</summary>
    public async Task<byte[]> Play(string playlist)
    {
        using var received = new MemoryStream();
        var beginnings = new HashSet<string>();
        var address = new Uri(portal, playlist);
        foreach (var line in (await administrator.DownloadText(address)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            const string map = "#EXT-X-MAP:URI=\"";
            var isBeginning = line.StartsWith(map, StringComparison.Ordinal);
            if (!isBeginning && line[0] == '#')
            {
                continue;
            }

            var bytes = await administrator.Download(new Uri(address, isBeginning ? line[map.Length..^1] : line));
            if (!isBeginning || beginnings.Add(Convert.ToHexString(SHA256.HashData(bytes))))
            {
                received.Write(bytes);
            }
        }

        return received.ToArray();
    }

    /// <summary>The status that a playlist answers with now.</summary>
    public async Task<HttpStatusCode> Ask(string playlist) => (await administrator.Get(playlist)).Status;

    public async Task End(string playlist) => (await administrator.Delete(playlist[..playlist.LastIndexOf('/')])).Expect(HttpStatusCode.NoContent);
}
