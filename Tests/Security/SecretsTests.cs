using System.Buffers.Text;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordingCluster.Client;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Portal.Endpoints;
using RecordingCluster.Tests.Certificates;
using RecordingCluster.Tests.Identity;
using RecordingCluster.Tests.Regulations;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Security;

/// <summary>After a whole walk as in service no secret stands where it has no business: the real silo, a real camera, a booking client over TLS, people with keys.</summary>
public sealed partial class SecretsTests
{
    private const string WrongPassword = "an0ther/w-rong'one";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly SecretSearch search = new();
    private readonly List<KeyHolder> people = [];

    // Looked at when all secrets are known.
    private readonly List<(string Place, string Text)> later = [];

    [Fact]
    public async Task After_a_whole_walk_no_secret_is_found_where_it_has_no_business()
    {
        await using var telemetry = await OtlpReceiver.Start();
        await using var camera = await CameraProcess.Start();
        await using var silo = await PeopleSilo.Start(camera, telemetry.Address);
        await using var watch = new ChildWatch(silo.Id);
        using var booking = await BookingClient(silo);
        var tokens = booking.Services.GetRequiredService<TokensSent>();

        // People, from the printed links to keys of their own.
        var (operators, officers, secretaries) = (await Enrolled(silo, "Operator"), await Enrolled(silo, "DataProtectionOfficer"), await Enrolled(silo, "Secretary"));
        var administrators = await Invited(silo, operators, officers, "camerabeheerder-1", "CameraAdministrator");
        var receptionists = await Invited(silo, operators, officers, "receptie-1", "Reception");

        await Regulate(officers, secretaries);

        // A talk, recorded and looked at; at first with a password that the camera does not take.
        var recording = await RecordTalk(silo, camera, booking, receptionists, administrators);
        await LookAt(recording, administrators, secretaries);

        // What goes wrong on purpose.
        await Provoke(silo, tokens, booking, administrators);
        await SiloProcess.Until(() => Task.FromResult(telemetry.Metrics.Count > 1), Soon, () => "No metrics came.");
        await AwaitLines(telemetry, officers);

        KnowFiles(silo);
        search.Know("the camera's password", CameraProcess.Login.Split(':', 2)[1]);
        search.Know("the wrong password", WrongPassword);
        foreach (var token in tokens.Seen.Distinct())
        {
            search.Know("a caller token's signature or digest", token.Split('.')[^1]);
        }

        foreach (var cookie in people.SelectMany(person => person.Http.Cookies.GetAllCookies()))
        {
            search.Know($"the cookie {cookie.Name}", cookie.Value);
        }

        foreach (var token in people.Select(person => person.Http.Token))
        {
            search.Know("an antiforgery token", token!);
        }

        await LookEverywhere(silo, operators, watch, telemetry);

        Assert.NotEmpty(tokens.Seen);
        Assert.NotEmpty(later);
        Assert.Contains(watch.Seen, seen => seen.Place == "cmdline of ffmpeg");
        Assert.Contains(watch.Seen, seen => seen.Place == "environ of ffmpeg");
        Assert.Contains(people.SelectMany(person => person.Http.Cookies.GetAllCookies()), cookie => cookie.Name == "__Secure-viewing");
        Assert.Contains(people.SelectMany(person => person.Http.Cookies.GetAllCookies()), cookie => cookie.Name == "__Host-portal");
        Assert.True(search.Found.Count == 0, string.Join('\n', search.Found.Distinct()));
        people.ForEach(person => person.Dispose());
    }

    // The receiver has each line of the processing log that the officer finds in the table.
    private static async Task AwaitLines(OtlpReceiver telemetry, KeyHolder officers)
    {
        var lines = (await officers.Http.Ask(HttpMethod.Get, "/processing?case=case-1")).Body.EnumerateArray().ToList();
        Assert.Equal(["inzage-gevraagd", "inzage-toegestaan", "opname-bekeken"], lines.Select(line => line.GetProperty("name").GetString()).Distinct().Order());
        var wanted = lines.SelectMany(line => new[]
        {
            Convert.FromHexString(line.GetProperty("traceId").GetString()!),
            Convert.FromHexString(line.GetProperty("spanId").GetString()!),
            System.Text.Encoding.UTF8.GetBytes(line.GetProperty("subjectId").GetString()!),
        }).ToList();
        await SiloProcess.Until(
            () => Task.FromResult(telemetry.Spans is var spans && wanted.TrueForAll(bytes => spans.Any(span => span.AsSpan().IndexOf(bytes) >= 0))), Soon, () => "Not every line of the processing log was sent.");
    }

    private static async Task Regulate(KeyHolder officers, KeyHolder secretaries)
    {
        var (path, document) = ($"/regulation/versions/{TestRegulation.First}", TestRegulation.Document.Value);
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK],
            [
                (await secretaries.Http.Ask(HttpMethod.Put, path, ContentDto.Of(TestRegulation.Content))).Status,
                (await officers.Http.Ask(HttpMethod.Post, $"{path}/advice", new { kind = "positive", document })).Status,
                (await secretaries.Http.Ask(HttpMethod.Post, $"{path}/consent", new { on = "2026-11-01", document })).Status,
                (await secretaries.Http.Ask(HttpMethod.Post, $"{path}/activate", new { })).Status,
            ]);
    }

    private async Task<KeyHolder> Enrolled(PeopleSilo silo, string role)
    {
        var link = silo.PrintedLinks[role];
        search.Know("a one-time link", link.Split('#')[1]);
        return await Enrolled(silo, link, null);
    }

    private async Task<KeyHolder> Invited(PeopleSilo silo, KeyHolder operators, KeyHolder officers, string label, string role)
    {
        var proposed = await operators.Http.Ask(HttpMethod.Post, "/people/proposals", new { kind = "new-person", label, role });
        var code = proposed.Body.GetProperty("code").GetString()!;
        using var page = await officers.Http.Send(HttpMethod.Get, "/people/to-confirm");
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var confirmed = await officers.Http.Ask(HttpMethod.Post, Confirming().Match(text).Value, new { });
        var link = confirmed.Body.GetProperty("link").GetString()!;
        search.Know("a one-time link", link.Split('#')[1]);
        search.Know("a code", code);
        search.Know("a code", code.Replace("-", "", StringComparison.Ordinal));
        return await Enrolled(silo, link, code);
    }

    private async Task<KeyHolder> Enrolled(PeopleSilo silo, string link, string? code)
    {
        var person = new KeyHolder(silo);
        people.Add(person);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (await person.Enrol(link, code), await person.SignIn()));
        return person;
    }

    private static async Task<JsonElement> RecordTalk(PeopleSilo silo, CameraProcess camera, IHost client, KeyHolder receptionists, KeyHolder administrators)
    {
        var rooms = client.Services.GetRequiredService<RoomBooking>();
        var booking = new BookingId($"{Guid.NewGuid()}");
        var now = TimeProvider.System.GetUtcNow();
        var given = Assert.IsType<BookOutcome.Given>(await rooms.Book(booking, new TimeRange(now, now.AddHours(1)), new RiskAssessment(Risk.Raised, [RiskGround.Threat], [Alternative.NoneSuffices])));
        await rooms.RecordLetter(booking, new LetterNotice(DateOnly.FromDateTime(now.UtcDateTime), "model-1", Language.Dutch));
        Assert.Equal((HttpStatusCode.NoContent, SiloProcess.Room), ((await receptionists.Http.Ask(HttpMethod.Post, $"/rooms/{given.Room}/sticker")).Status, given.Room));

        await File.WriteAllTextAsync(camera.CredentialsFile, $"recorder:{WrongPassword}\n");
        Assert.Equal(CameraFault.LoginRefused, Assert.IsType<StartOutcome.CameraNotReady>(await rooms.StartTalk(booking, Language.Dutch)).Fault);
        await File.WriteAllTextAsync(camera.CredentialsFile, $"{CameraProcess.Login}\n");
        var path = $"/recordings/{Assert.IsType<StartOutcome.Started>(await rooms.StartTalk(booking, Language.Dutch)).Recording}";
        JsonElement read = default;
        await SiloProcess.Until(
            async () =>
            {
                read = (await administrators.Http.Ask(HttpMethod.Get, path)).Body;
                return read.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("fragments").GetInt32()) >= 2;
            },
            Soon,
            () => silo.Output);
        await rooms.StopTalk(booking);
        return (await administrators.Http.Ask(HttpMethod.Get, path)).Body;
    }

    private static async Task LookAt(JsonElement recording, KeyHolder administrators, KeyHolder secretaries)
    {
        var request = $"/access-requests/{AccessRequestId.New()}";
        var span = recording.GetProperty("parts")[0].GetProperty("span");
        var asked = await administrators.Http.Ask(HttpMethod.Put, request, new { recording = recording.GetProperty("id").GetString(), window = span, purpose = "complaint", @case = "case-1" });
        await Approve(request, secretaries);
        var begun = await administrators.Http.Ask(HttpMethod.Post, $"{request}/viewings");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Created), (asked.Status, begun.Status));
        var playlist = new Uri(new Uri(administrators.Origin), begun.Body.GetProperty("playlist").GetString());
        var addresses = System.Text.Encoding.UTF8.GetString(await administrators.Http.Download(playlist)).Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        foreach (var address in addresses)
        {
            Assert.NotEmpty(await administrators.Http.Download(new Uri(playlist, address)));
        }
    }

    private static async Task Approve(string request, KeyHolder secretaries)
    {
        var draft = (await secretaries.Http.Ask(HttpMethod.Get, $"{request}/draft")).Body;
        var options = draft.GetProperty("options");
        var signed = secretaries.Key.Sign(Base64Url.DecodeFromChars(options.GetProperty("challenge").GetString()), options.GetProperty("rpId").GetString()!, secretaries.Origin);
        var signature = new
        {
            credentialId = Base64Url.EncodeToString(signed.CredentialId),
            authenticatorData = Base64Url.EncodeToString(signed.AuthenticatorData),
            clientDataJSON = Base64Url.EncodeToString(signed.ClientDataJson),
            signature = Base64Url.EncodeToString(signed.Signature),
        };
        Assert.Equal(HttpStatusCode.OK, (await secretaries.Http.Ask(HttpMethod.Post, $"{request}/approve", new { statement = draft.GetProperty("statement"), signature })).Status);
    }

    private async Task Provoke(PeopleSilo silo, TokensSent tokens, IHost client, KeyHolder administrators)
    {
        // A token that was altered, one twice over, and half of one.
        foreach (var spoil in new Func<string, string>[] { token => token[..^8] + "AAAAAAAA", token => token + "." + token, token => token[..40] })
        {
            tokens.Spoil = spoil;
            var fault = await Record.ExceptionAsync(() => client.Services.GetRequiredService<RoomBooking>().Rooms(new SiteId("town-hall")));
            Assert.NotNull(fault);
            later.Add(("the fault of a malformed token", fault.ToString()));
        }

        tokens.Spoil = null;
        foreach (var port in new[] { silo.GatewayPort, silo.SiloPort })
        {
            using var other = new TestAuthority();
            using var foreign = other.Load(TestAuthority.Client);
            later.Add(("the fault of a foreign certificate", $"{await Record.ExceptionAsync(() => Connect(port, foreign))}"));
        }

        // Links and keys that do not open, tokens and ids that are none, with real secrets in them.
        var link = silo.PrintedLinks["Operator"].Split('#')[1];
        var stranger = new KeyHolder(silo);
        people.Add(stranger);
        await stranger.Http.TakeToken();
        var good = stranger.Http.Token!;
        await Ask("a used link", stranger, HttpMethod.Post, "/people/enrol/options", new { token = link });
        await Ask("a broken link", stranger, HttpMethod.Post, "/people/enrol", new { token = link + "x", label = "sleutel-1", credential = "{}" });
        await Ask("a link in a wrong place", stranger, HttpMethod.Post, "/people/enrol", new { link });
        await Ask("a link as an address", stranger, HttpMethod.Get, $"/recordings/{link}");
        await Ask("a link as an id", administrators, HttpMethod.Get, $"/recordings/{link}");
        await Ask("a key that is none", stranger, HttpMethod.Post, "/people/sign-in", new { credential = good });
        using var made = new HttpRequestMessage(HttpMethod.Post, "/people/sign-in/options");
        using var refused = await stranger.Http.SendAs(made, good + "x");
        later.Add(("the answer to a malformed antiforgery token", await refused.Content.ReadAsStringAsync()));
        await Ask("another's viewing", administrators, HttpMethod.Get, $"/access-requests/{AccessRequestId.New()}/viewings/1/playlist.m3u8");
        await Ask("no metrics", administrators, HttpMethod.Get, "/metrics");
    }

    private async Task Ask(string what, KeyHolder by, HttpMethod method, string path, object? body = null)
    {
        using var answer = await by.Http.Send(method, path, body);
        Assert.False(answer.IsSuccessStatusCode, what);
        later.Add(($"the answer to {what}", $"{answer.Headers}{await answer.Content.ReadAsStringAsync()}"));
    }

    private void KnowFiles(PeopleSilo silo)
    {
        foreach (var file in Directory.EnumerateFiles(silo.Certificates, "*.key"))
        {
            search.KnowKey($"the private key {Path.GetFileName(file)}", File.ReadAllText(file));
        }

        var keys = Directory.EnumerateFiles(Path.Combine(silo.Data, "keys")).Where(file => new FileInfo(file).Length == 32).ToList();
        Assert.Equal(["people", "sealing-1"], keys.Select(Path.GetFileName).Order());
        foreach (var file in keys)
        {
            search.Know($"the key {Path.GetFileName(file)}", File.ReadAllBytes(file));
        }
    }

    private async Task LookEverywhere(PeopleSilo silo, KeyHolder operators, ChildWatch watch, OtlpReceiver telemetry)
    {
        later.ForEach(one => search.Look(one.Place, one.Text));
        foreach (var route in DashboardRoutes())
        {
            using var answer = await operators.Http.Send(HttpMethod.Get, route);
            search.Look(route, await answer.Content.ReadAsByteArrayAsync());
        }

        foreach (var path in new[] { "/health/live", "/health/ready", "/", "/my-keys", "/people", "/sign-in", "/enrol" })
        {
            using var answer = await operators.Http.Send(HttpMethod.Get, path);
            search.Look(path, await answer.Content.ReadAsByteArrayAsync());
        }

        foreach (var (place, text) in watch.Seen)
        {
            search.Look(place, text);
        }

        foreach (var sent in telemetry.Received)
        {
            search.Look("what is sent by OTLP", sent);
        }

        // Keys and their certificates' folder are where they belong; everything else that the silo keeps is looked at, database and WAL among it.
        var kept = Directory.EnumerateFiles(silo.Data, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Path.Combine(silo.Data, "keys"), StringComparison.Ordinal) && !file.EndsWith(".key", StringComparison.Ordinal)).ToList();
        Assert.Contains(silo.Database + "-wal", kept);
        foreach (var file in kept)
        {
            search.Look(file, await File.ReadAllBytesAsync(file));
        }

        // The first start prints its links on purpose, to whoever stands there.
        var log = silo.Output;
        foreach (var printed in silo.PrintedLinks.Values)
        {
            log = log.Replace(printed, "", StringComparison.Ordinal);
        }

        search.Look("the log", log);
    }

    private static IEnumerable<string> DashboardRoutes([CallerFilePath] string caller = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(caller)!, "..", "Approved", "http-routes.txt"))
            .Select(line => line.Split(' ')[1])
            .Where(route => route.StartsWith("/dashboard", StringComparison.Ordinal))
            .Select(route => Parameter().Replace(route, parameter => parameter.Value.Contains("page", StringComparison.Ordinal) ? "1" : parameter.Value.Contains("grain", StringComparison.Ordinal) ? "booking" : ""));

    private static async Task<IHost> BookingClient(PeopleSilo silo)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.AddRecordingCluster(options =>
        {
            options.Gateways.Add(new IPEndPoint(IPAddress.Loopback, silo.GatewayPort));
            options.Certificates = CertificateFiles.In(silo.Certificates, "room-booking");
        });
        builder.Services.AddSingleton<TokensSent>();
        builder.Services.AddSingleton<IOutgoingGrainCallFilter>(provider => provider.GetRequiredService<TokensSent>());
        var client = builder.Build();
        await client.StartAsync();
        return client;
    }

    private static async Task Connect(int port, X509Certificate2 shown)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificateContext = SslStreamCertificateContext.Create(shown, null, offline: true),
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        if (await tls.ReadAsync(new byte[1]) == 0)
        {
            throw new IOException("It was closed.");
        }
    }

    [GeneratedRegex("/people/proposals/[0-9a-f-]{36}/confirm")]
    private static partial Regex Confirming();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
