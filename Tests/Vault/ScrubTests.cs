using Microsoft.Extensions.Logging.Abstractions;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Vault.Checking;

namespace RecordingCluster.Tests.Vault;

/// <summary>The patient look at all files: what a disk does to one is named, and nothing else is.</summary>
public sealed class ScrubTests : IDisposable
{
    private readonly TestVault vault = new();
    private readonly List<RecordingRow> rows = [];
    private readonly VaultScrub scrub;

    public ScrubTests() => scrub = new VaultScrub(vault.Vault, () => rows, vault.Clock, NullLogger<VaultScrub>.Instance);

    public void Dispose()
    {
        scrub.Dispose();
        vault.Dispose();
    }

    [Fact]
    public async Task A_flipped_bit_a_cut_end_and_a_missing_file_are_each_named()
    {
        var (sound, flipped, cut, missing) = (await Closed(), await Closed(), await Closed(), await Closed());
        var bytes = await File.ReadAllBytesAsync(vault.FileOf(flipped), TestContext.Current.CancellationToken);
        bytes[^300] ^= 1; // in the last but one of four records; each is some 120 bytes
        await File.WriteAllBytesAsync(vault.FileOf(flipped), bytes, TestContext.Current.CancellationToken);
        using (var file = File.OpenHandle(vault.FileOf(cut), FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.SetLength(file, RandomAccess.GetLength(file) - 150);
        }

        File.Delete(vault.FileOf(missing));

        await Round();

        Assert.Equal(
            new[] { (VaultFindingKind.Torn, flipped), (VaultFindingKind.Torn, cut), (VaultFindingKind.Missing, missing) }.Select(one => (one.Item1, $"{one.Item2}")).Order(),
            scrub.Last!.Findings.Select(finding => (finding.Kind, finding.What)).Distinct().Order());
        Assert.Equal(4, vault.ReadAll(sound).Count);
    }

    [Fact]
    public async Task What_is_being_recorded_or_was_erased_meanwhile_is_no_finding()
    {
        var erased = await Closed();
        rows.Clear();
        var writing = await vault.Begin(new PartId(RecordingId.New(), 1, 1));
        await writing.Append(TestVault.Facts(1), TestVault.Fragment(1));
        rows.Add(new RecordingRow(writing.Id.Recording, TestVault.Start.AddDays(14), IsOpen: true, [writing.Snapshot]));
        Assert.NotNull(await vault.Vault.Erase(erased.Recording));

        await Round();

        Assert.Empty(scrub.Last!.Findings);
        await writing.DisposeAsync();
    }

    private async Task<PartId> Closed()
    {
        var part = await vault.Write(3);
        rows.Add(new RecordingRow(part.Recording, TestVault.Start.AddDays(14), IsOpen: false, await vault.Vault.Parts(part.Recording, [])));
        return part;
    }

    // Between its two looks it waits for two seconds of its clock.
    private async Task Round()
    {
        var round = scrub.Round(TestContext.Current.CancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!round.IsCompleted)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            vault.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await round;
    }
}
