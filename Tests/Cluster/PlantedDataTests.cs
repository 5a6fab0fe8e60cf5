using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Security;

namespace RecordingCluster.Tests.Cluster;

/// <summary>R19: whatever somebody sends in whatever place, nothing personal is kept, in no table and in no log.</summary>
public sealed class PlantedDataTests
{
    private const string CaseOfTalk = "zaak-2026-0471";

    // What people write where a reference belongs.
    private static readonly string[] Planted = ["Wubbo Zandbergen", "Zandbergen", "123456782", "w.zandbergen@example.nl", "06-12345678", "Dorpsstraat 12, 1234 AB Ons Dorp"];

    // An article is the town hall's own text, for everybody to read: words with spaces are what it is made of.
    private static readonly string[] PlantedInArticles = [.. Planted.Where(text => PersonalData.Find(text) is not null)];

    private static readonly JsonSerializerOptions Json = StateJson.Configure(new JsonSerializerOptions());

    [Fact]
    public async Task Planted_in_every_text_of_every_operation_no_name_number_or_address_is_found_in_any_table_or_log()
    {
        using var log = new LogBook();
        await using var cluster = await TestCluster.Start(log);
        var booking = await Walk(cluster);

        var places = new HashSet<string>();
        foreach (var method in CallTable.Methods)
        {
            foreach (var caller in CallTable.Callers.Where(caller => method.GetCustomAttribute<AllowedToAttribute>() is { } rule && (rule.Roles & caller.Roles) != 0))
            {
                await Plant(cluster, method, caller, places);
            }
        }

        var (personal, kept) = (new SecretSearch(), new SecretSearch());
        Array.ForEach(Planted, text => personal.Know(text, text));
        kept.Know("the booking's reference", booking.Value);
        foreach (var (place, content) in new[] { ("a table", cluster.Database.Dump()), ("the log", System.Text.Encoding.UTF8.GetBytes(log.Text)) })
        {
            personal.Look(place, content);
            kept.Look(place, content);
        }

        Assert.True(personal.Found.Count == 0, string.Join('\n', personal.Found));
        Assert.Contains(kept.Found, found => found.StartsWith("a table", StringComparison.Ordinal)); // it finds what is there
        Assert.NotEmpty(log.Text);
        Assert.Superset(new HashSet<string>(["booking/book key", "booking/letter argument", "access-request/ask argument", "regulation/draft argument", "regulation/amend argument"]), places);
    }

    // A talk, recorded, objected to, asked for, granted, refused: every table has its rows.
    private static async Task<BookingId> Walk(TestCluster cluster)
    {
        var recording = await cluster.Record();
        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        using (TestCluster.As(TestCluster.Administrator))
        {
            var started = (await cluster.Client.Recording(recording).Read()).StartedAt!.Value;
            Assert.IsType<AskOutcome.Asked>(await request.Ask(new AccessQuestion(recording, new TimeRange(started, started.AddSeconds(30)), Purpose.Complaint, new CaseReference(CaseOfTalk))));
        }

        await cluster.Approve(request);
        var (booking, _) = await cluster.Book();
        await cluster.StartTalk(booking);
        using var official = TestCluster.As(TestCluster.Official);
        Assert.IsType<ObjectOutcome.Open>(await cluster.Client.Booking(booking).RecordObjection(ObjectionKind.Informal));
        return booking;
    }

    private static async Task Plant(TestCluster cluster, MethodInfo method, Caller caller, HashSet<string> places)
    {
        var samples = CallSamples.For(method);
        foreach (var text in Planted)
        {
            if (method.DeclaringType!.IsAssignableTo(typeof(IGrainWithStringKey)))
            {
                places.Add($"{CallTable.NameOf(method)} key");
                await Try(cluster, caller, () => CallSamples.Call(cluster.Client, method, key: text));
            }

            for (var number = 0; number < samples.Length; number++)
            {
                foreach (var planted in WithEachText(samples[number], text))
                {
                    places.Add($"{CallTable.NameOf(method)} argument");
                    object?[] arguments = [.. samples[..number], planted, .. samples[(number + 1)..]];
                    await Try(cluster, caller, () => CallSamples.Call(cluster.Client, method, arguments));
                }
            }
        }
    }

    // What becomes of the call does not matter here: only what is left of it.
    private static async Task Try(TestCluster cluster, Caller caller, Func<Task> call)
    {
        using var person = TestCluster.As(caller);
        _ = await Record.ExceptionAsync(call);
    }

    // The sample once for each text in it, however deep, with that one replaced.
    private static IEnumerable<object> WithEachText(object? sample, string text)
    {
        if (sample is null || (sample is RegulationContent && !PlantedInArticles.Contains(text)))
        {
            yield break;
        }

        var type = sample.GetType();
        var count = Leaves(JsonSerializer.SerializeToNode(sample, type, Json)).Count();
        for (var number = 0; number < count; number++)
        {
            var copy = JsonSerializer.SerializeToNode(sample, type, Json)!;
            var leaf = Leaves(copy).ElementAt(number);
            if (leaf == copy)
            {
                continue; // an enum or a date by itself
            }

            leaf.ReplaceWith(text);
            if (Read(copy, type) is { } planted)
            {
                yield return planted;
            }
        }
    }

    private static IEnumerable<JsonNode> Leaves(JsonNode? node) => node switch
    {
        JsonObject parts => parts.SelectMany(part => Leaves(part.Value)),
        JsonArray items => items.SelectMany(Leaves),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value],
        _ => [],
    };

    // Where a date, an enum or bytes are written as text, no other text can be sent.
    private static object? Read(JsonNode node, Type type)
    {
        try
        {
            return node.Deserialize(type, Json);
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return null;
        }
    }
}
