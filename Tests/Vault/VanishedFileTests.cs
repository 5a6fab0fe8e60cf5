using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Tests.Vault;

/// <summary>A file that somebody takes away under the vault's hands.</summary>
public sealed class VanishedFileTests : IDisposable
{
    private readonly TestVault vault = new();

    public void Dispose() => vault.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_part_whose_file_is_moved_or_deleted_acknowledges_nothing_more(bool isMoved)
    {
        await using var writer = await vault.Begin(new PartId(RecordingId.New(), 1, 1));
        await writer.Append(TestVault.Facts(1), TestVault.Fragment(1));
        var file = vault.FileOf(writer.Id);
        if (isMoved)
        {
            Directory.Move(Path.GetDirectoryName(file)!, Path.GetDirectoryName(file) + "-aside");
        }
        else
        {
            File.Delete(file);
        }

        var refused = await Assert.ThrowsAsync<RecordingClusterException>(() => writer.Append(TestVault.Facts(2), TestVault.Fragment(2)));

        Assert.Equal(ErrorKind.DataLoss, refused.Kind);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, writer.Snapshot.Fragments);
        await Assert.ThrowsAsync<RecordingClusterException>(() => writer.Append(TestVault.Facts(2), TestVault.Fragment(2)));
    }

    [Fact]
    public async Task Of_two_parts_of_which_one_file_is_gone_the_certificate_names_that_one()
    {
        var recording = RecordingId.New();
        var (gone, there) = (new PartId(recording, 1, 1), new PartId(recording, 1, 2));
        foreach (var part in new[] { gone, there })
        {
            await using var writer = await vault.Begin(part);
            await writer.Append(TestVault.Facts(1), TestVault.Fragment(1));
            await writer.Close();
        }

        File.Delete(vault.FileOf(gone));
        var erasure = (await vault.Vault.Erase(recording))!;

        Assert.Contains($"Of 1 part(s) that had been recorded no file was there any more, so none was overwritten: {gone}.", erasure.WithoutFileOf([gone, there]).Check, StringComparison.Ordinal);
        Assert.Same(erasure, erasure.WithoutFileOf([there]));
    }

    [Fact]
    public async Task What_is_gone_and_was_not_erased_is_known_at_once()
    {
        var (taken, erased, kept) = (await vault.Write(2), await vault.Write(2), await vault.Write(2));
        vault.Open();
        await vault.Vault.Recover(); // a start sees them too
        var later = await vault.Write(2);
        Assert.Empty(await vault.Vault.Vanished());

        await vault.Vault.Erase(erased.Recording);
        File.Delete(vault.FileOf(taken));
        File.Delete(vault.FileOf(later));

        Assert.Equal(new[] { taken, later }.ToHashSet(), [.. await vault.Vault.Vanished()]);
        Assert.Equal(3, vault.ReadAll(kept).Count);
    }
}
