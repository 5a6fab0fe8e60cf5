using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Storage;

public sealed class StateJsonTests
{
    private static readonly JsonSerializerOptions Options = MadeOptions();

    private static readonly DateTimeOffset Nine = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1);

    [Fact]
    public void A_record_of_closed_families_ids_times_and_lists_is_read_as_it_was_written()
    {
        var talk = new Talk(
            new Phase.Capturing(RoomId.Of("room-1"), Nine),
            [new Phase.Waiting(), new Phase.Capturing(RoomId.Of("room-2"), Nine)],
            Mood.VeryTense,
            TimeSpan.FromMinutes(45),
            null);

        var json = JsonSerializer.Serialize(talk, Options);
        var read = JsonSerializer.Deserialize<Talk>(json, Options)!;

        Assert.Equal(
            """{"phase":{"is":"capturing","room":{"value":"room-1"},"since":"2026-03-02T09:00:00.0000001+00:00"},"earlier":[{"is":"waiting"},{"is":"capturing","room":{"value":"room-2"},"since":"2026-03-02T09:00:00.0000001+00:00"}],"mood":"veryTense","length":"00:45:00","endedAt":null}""",
            json);
        Assert.Equal(talk.Earlier, read.Earlier);
        Assert.Equal(talk, read with { Earlier = talk.Earlier });
    }

    [Theory]
    [InlineData("""{"phase":{"is":"waiting"},"earlier":[],"mood":"calm","endedAt":null}""")]
    [InlineData("""{"phase":null,"earlier":[],"mood":"calm","length":"00:45:00","endedAt":null}""")]
    [InlineData("""{"phase":{"is":"dancing"},"earlier":[],"mood":"calm","length":"00:45:00","endedAt":null}""")]
    [InlineData("""{"phase":{"room":{"value":"room-1"}},"earlier":[],"mood":"calm","length":"00:45:00","endedAt":null}""")]
    [InlineData("""{"phase":{"is":"waiting"},"earlier":[],"mood":7,"length":"00:45:00","endedAt":null}""")]
    public void A_state_from_which_a_fact_is_missing_or_unknown_does_not_load(string json) =>
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<Talk>(json, Options));

    private static JsonSerializerOptions MadeOptions()
    {
        var options = new JsonSerializerOptions();
        StateJson.Configure(options);
        return options;
    }

    private enum Mood
    {
        Calm,
        VeryTense,
    }

    private sealed record Talk(Phase Phase, ImmutableArray<Phase> Earlier, Mood Mood, TimeSpan Length, DateTimeOffset? EndedAt)
    {
        public bool IsOver => EndedAt is not null;
    }

    [JsonDerivedType(typeof(Waiting), "waiting"), JsonDerivedType(typeof(Capturing), "capturing")]
    private abstract record Phase
    {
        private Phase()
        {
        }

        internal sealed record Waiting : Phase;

        internal sealed record Capturing(RoomId Room, DateTimeOffset Since) : Phase;
    }
}
