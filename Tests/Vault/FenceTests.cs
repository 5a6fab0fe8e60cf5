using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Tests.Vault;

/// <summary>What came in after another silo had the lease is no part of the recording, and goes with it.</summary>
public sealed class FenceTests
{
    [Theory]
    [InlineData(1, 3.0, 3)] // what arrived in that very moment counts
    [InlineData(1, 2.9, 2)]
    [InlineData(2, 2.9, 2)] // a fence of a later epoch holds for earlier ones
    [InlineData(0, 2.9, 5)] // and one of an earlier epoch not for later ones
    [InlineData(1, 99.0, 5)]
    public async Task Fragments_count_that_had_arrived_when_the_lease_was_taken_over(int epoch, double seconds, int counted)
    {
        using var vault = new TestVault();
        var part = await vault.Write(5);

        var described = (await vault.Vault.Parts(part.Recording, [Fence(epoch, seconds)])).Single();

        Assert.Equal((counted, TestVault.Start.AddSeconds(counted)), (described.Fragments, described.Span.Until));
    }

    [Fact]
    public async Task A_part_of_which_all_came_too_late_is_none_of_the_recording_and_is_erased_with_it()
    {
        using var vault = new TestVault();
        var part = await vault.Write(5);

        var described = await vault.Vault.Parts(part.Recording, [Fence(1, 0.5)]);
        var erased = await vault.Vault.Erase(part.Recording);

        Assert.Equal((0, PartState.Closed), (described.Single().Fragments, described.Single().State));
        Assert.Equal(part, Assert.Single(erased!.Parts).Id);
    }

    [Fact]
    public async Task A_machine_that_stood_still_with_its_counter_puts_nothing_before_the_fence()
    {
        using var vault = new TestVault();
        var part = new PartId(RecordingId.New(), 1, 1);
        await using (var writer = await vault.Begin(part))
        {
            await writer.Append(TestVault.Facts(1), TestVault.Fragment(1));
            await writer.Append(TestVault.Facts(2) with { From = TestVault.Start.AddMinutes(5) }, TestVault.Fragment(2));
            await writer.Close();
        }

        var described = (await vault.Vault.Parts(part.Recording, [Fence(1, 60)])).Single();

        Assert.Equal(1, described.Fragments);
    }

    [Fact]
    public async Task A_part_that_is_still_being_written_by_whoever_lost_the_lease_is_counted_by_its_file_up_to_the_fence()
    {
        using var vault = new TestVault();
        var part = new PartId(RecordingId.New(), 1, 1);
        await using var writer = await vault.Begin(part);
        foreach (var number in new[] { 1, 2, 3 })
        {
            await writer.Append(TestVault.Facts(number), TestVault.Fragment(number));
        }

        var described = (await vault.Vault.Parts(part.Recording, [Fence(1, 2)])).Single();

        Assert.Equal((2, PartState.Open), (described.Fragments, described.State));
    }

    private static Fence Fence(int epoch, double seconds) => new(epoch, TestVault.Start.AddSeconds(seconds));
}
