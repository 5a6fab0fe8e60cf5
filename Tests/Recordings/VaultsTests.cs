using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Tests.Recordings;

/// <summary>The vaults of all silos as one: here the one that is left, with copies of what the other had.</summary>
public sealed class VaultsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly RecordingId Id = RecordingId.New();

    [Theory]
    [InlineData(4, 5, 5)] // the silo died before it could tell of its last fragment
    [InlineData(5, 4, 5)] // and before it could bring it
    [InlineData(5, 5, 5)]
    [InlineData(null, 3, 3)] // nothing was ever heard of it
    [InlineData(3, null, 3)] // none was copied
    public async Task A_part_whose_vault_is_away_is_known_once_by_what_was_told_or_by_its_copy_whichever_has_more(int? told, int? copied, int counted)
    {
        var (parts, copies) = await In([.. Of(copied, "silo-1"), Part(2, 7, "silo-2")]).Parts(Id, [.. Of(told, "silo-1")], []);

        Assert.Equal([(1, counted, "silo-1"), (2, 7, "silo-2")], parts.Select(part => (part.Id.Epoch, part.Fragments, part.Vault)));
        Assert.Equal(Of(copied, "silo-1").Select(part => new PartCopy(part.Id, "silo-2", part.Fragments, part.Span.Until, IsWhole: false)), copies);
    }

    [Fact]
    public async Task What_was_acknowledged_and_is_not_in_the_vault_that_should_have_it_is_damaged_and_not_forgotten()
    {
        var (gone, unreadable, there) = (Part(1, 4, "silo-2"), Part(2, 3, "silo-2"), Part(3, 7, "silo-2"));
        var read = unreadable with { Fragments = 0, Span = default, State = PartState.Damaged };

        var (parts, _) = await In([read, there]).Parts(Id, [gone, unreadable, there], [new Fence(2, Nine.AddMinutes(1))]);

        Assert.Equal([gone with { State = PartState.Damaged }, unreadable with { State = PartState.Damaged }, there], parts);
    }

    [Fact]
    public async Task A_part_of_which_all_came_behind_the_fence_is_none_of_the_recording_whatever_was_told_of_it()
    {
        var late = Part(1, 4, "silo-2");

        var (parts, copies) = await In([late with { Fragments = 0 }]).Parts(Id, [late], [new Fence(1, Nine)]);

        Assert.Empty(parts);
        Assert.Empty(copies);
    }

    private static Vaults In(ImmutableArray<Part> parts) => new(new Left(parts), null!, new Alone(), NullLogger<Vaults>.Instance);

    private static IEnumerable<Part> Of(int? fragments, string vault) => fragments is { } count ? [Part(1, count, vault)] : [];

    private static Part Part(int epoch, int fragments, string vault) =>
        new(new PartId(Id, epoch, 1), new TimeRange(Nine, Nine.AddSeconds(fragments)), fragments, fragments, TimeSpan.Zero, 1, PartState.Open, Vault: vault);

    private sealed class Left(ImmutableArray<Part> parts) : ISiloVault
    {
        public string Name => "silo-2";

        public Task<ImmutableArray<Part>> Parts(RecordingId recording, ImmutableArray<Fence> fences) => Task.FromResult(parts);

        public Task<Erasure?> Erase(RecordingId recording) => Task.FromResult<Erasure?>(null);

        public Task Forget(RecordingId recording) => Task.CompletedTask;
    }

    private sealed class Alone : ISiloPlaces
    {
        public IReadOnlyCollection<string> Silos => ["silo-2"];

        public bool Is(SiloAddress silo, string name) => true;

        public bool Reaches(SiloAddress silo, CameraId camera) => true;

        public bool IsReached(CameraId camera) => true;

        public bool HasSpace(SiloAddress silo) => true;

        public bool HasSpaceFor(CameraId camera) => true;
    }
}
