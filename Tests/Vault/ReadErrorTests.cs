using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Hosting;

namespace RecordingCluster.Tests.Vault;

/// <summary>A disk that no longer gives back what was written: what is on other blocks is there, and what is due goes.</summary>
public sealed class ReadErrorTests : IAsyncLifetime
{
    private const int Megabyte = 1 << 20;
    private const int Fragments = 8;

    private readonly TemporaryFolder folder = new();
    private FailingDisk disk = null!;
    private TestVault vault = null!;
    private PartId sound;
    private PartId worn;

    public async ValueTask InitializeAsync()
    {
        if (FailingDisk.WhyNot() is { } reason)
        {
            Assert.Skip(reason);
        }

        disk = await FailingDisk.Mount(folder["vault"]);
        vault = new TestVault(folder["vault"]);
        sound = await Write();
        worn = await Write();

        // In the middle of the fifth fragment.
        var file = await File.ReadAllBytesAsync(vault.FileOf(worn));
        await disk.LoseFrom(file[(4 * Megabyte + (Megabyte / 2))..][..64]);
    }

    public async ValueTask DisposeAsync()
    {
        vault?.Dispose();
        await (disk?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Dispose();
    }

    [Fact]
    public void What_lies_on_sound_blocks_opens_and_what_does_not_is_said_to_be_damaged()
    {
        Assert.Equal(1 + Fragments, vault.ReadAll(sound).Count);

        // Where each fragment lies stands before it, so behind the first error nothing is found.
        var fault = Assert.Throws<RecordingClusterException>(() => vault.ReadAll(worn));

        Assert.Equal(ErrorKind.DataLoss, fault.Kind);
        Assert.Contains("does not give back", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_daily_look_names_it_and_goes_on_to_the_others()
    {
        using var scrub = new VaultScrub(vault.Vault, () => [], TimeProvider.System, NullLogger<VaultScrub>.Instance);

        await scrub.Round(TestContext.Current.CancellationToken);

        Assert.Equal($"{worn}", Assert.Single(scrub.Last!.Findings).What);
    }

    [Fact]
    public async Task A_start_goes_on_beside_it()
    {
        vault.Open();

        await vault.Vault.Recover();

        Assert.Equal(1 + Fragments, vault.ReadAll(sound).Count);
        Assert.Equal(PartState.Damaged, Assert.Single(await vault.Vault.Parts(worn.Recording, [])).State);
    }

    [Fact]
    public async Task When_its_term_is_over_it_goes_as_any_other_though_it_cannot_be_read()
    {
        vault.Clock.Advance(TimeSpan.FromDays(14));

        Assert.Equal([sound.Recording, worn.Recording], (await vault.Vault.Overdue(TimeSpan.Zero)).OrderBy(recording => recording != sound.Recording));
        var erasure = await vault.Vault.Erase(worn.Recording);
        Assert.NotNull(await vault.Vault.Erase(sound.Recording));

        Assert.False(vault.Ring.Has(worn.Recording));
        Assert.False(erasure!.OpensAfterwards);
        Assert.Empty(Directory.EnumerateFiles(vault.Options.Folder, "*.part"));
        Assert.Equal("", Assert.Single(erasure.Parts).Sha256); // nobody can say what the disk does not give back
    }

    private async Task<PartId> Write()
    {
        var part = new PartId(RecordingId.New(), 1, 1);
        await using var writer = await vault.Begin(part);
        for (var number = 1; number <= Fragments; number++)
        {
            await writer.Append(TestVault.Facts(number), RandomNumberGenerator.GetBytes(Megabyte));
        }

        await writer.Close();
        return part;
    }
}
