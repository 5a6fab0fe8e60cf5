using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace RecordingCluster.Tool.Walking;

/// <summary>An administrator's player, as a browser would be one: signs in, begins a viewing, follows the playlist.</summary>
internal sealed class Player : IDisposable
{
    private readonly HttpClient http;

    public Player(Uri portal, string certificates) => http = new HttpClient(PortalTrust.Handler(certificates)) { BaseAddress = portal };

    public async Task SignIn(string subject)
    {
        using var answer = await http.PostAsync($"/demo/sign-in/{subject}", null);
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.OK))
        {
            throw new InvalidOperationException($"The portal did not sign in {subject}: {(int)answer.StatusCode}.");
        }
    }

    /// <summary>Begins a viewing; answers its playlist, or the status with which it was refused.</summary>
    public async Task<(string? Playlist, HttpStatusCode Status)> Begin(Guid request)
    {
        using var answer = await http.PostAsync($"/access-requests/{request}/viewings", null);
        if (!answer.IsSuccessStatusCode)
        {
            return (null, answer.StatusCode);
        }

        var begun = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (begun.GetProperty("playlist").GetString(), answer.StatusCode);
    }

    /// <summary>Plays all of it into one file: each beginning once, then its fragments.</summary>
    public async Task<byte[]> Play(string playlist)
    {
        using var received = new MemoryStream();
        var beginnings = new HashSet<string>();
        var address = new Uri(http.BaseAddress!, playlist);
        foreach (var line in (await http.GetStringAsync(address)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            const string map = "#EXT-X-MAP:URI=\"";
            var isBeginning = line.StartsWith(map, StringComparison.Ordinal);
            if (!isBeginning && line[0] == '#')
            {
                continue;
            }

            var bytes = await http.GetByteArrayAsync(new Uri(address, isBeginning ? line[map.Length..^1] : line));
            if (!isBeginning || beginnings.Add(Convert.ToHexString(SHA256.HashData(bytes))))
            {
                received.Write(bytes);
            }
        }

        return received.ToArray();
    }

    /// <summary>The status that a playlist answers with now.</summary>
    public async Task<HttpStatusCode> Ask(string playlist)
    {
        using var answer = await http.GetAsync(playlist);
        return answer.StatusCode;
    }

    public async Task End(string playlist)
    {
        using var answer = await http.DeleteAsync(playlist[..playlist.LastIndexOf('/')]);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();
}
