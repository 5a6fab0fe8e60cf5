using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Tests.Vault;

/// <summary>V6 and R9: key first, then bytes, then a check; and it can be gone on with at any point.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task After_erasure_neither_key_nor_bytes_are_left_and_the_facts_say_what_was_there()
    {
        using var vault = new TestVault();
        var part = await vault.Write(3);
        var length = new FileInfo(vault.FileOf(part)).Length;
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken)));
        vault.Clock.SetUtcNow(TestVault.Start.AddDays(14));

        var erasure = await vault.Vault.Erase(part.Recording);

        Assert.NotNull(erasure);
        Assert.Equal([new ErasedPart(part, length, digest, MediaTracks.Picture | MediaTracks.Sound)], erasure.Parts);
        Assert.Equal(("town-hall", "room-1", "model-1"), (erasure.Site, erasure.Room, erasure.RegulationVersion));
        Assert.Equal((TestVault.Start.AddDays(14), TestVault.Start.AddDays(14), false), (erasure.DueAt, erasure.ErasedAt, erasure.OpensAfterwards));
        Assert.Equal((TestVault.Start, TestVault.Start.AddSeconds(3)), (erasure.Span.From, erasure.Span.Until));
        Assert.Equal(2, erasure.RingGeneration);
        Assert.False(vault.Ring.Has(part.Recording));
        Assert.Empty(Directory.EnumerateFiles(vault.Options.Folder, "*.part"));
    }

    [Fact]
    public async Task What_an_erasure_is_overwriting_is_gone_and_not_damaged()
    {
        using var vault = new TestVault();
        var part = await vault.Write(3);
        vault.Ring.Remove(part.Recording);
        await File.WriteAllBytesAsync(vault.FileOf(part), new byte[4096], TestContext.Current.CancellationToken);

        var refused = Assert.Throws<RecordingClusterException>(() => vault.Vault.Open(part));

        Assert.Equal(ErrorKind.NotFound, refused.Kind);
    }

    [Fact]
    public async Task Erasing_twice_does_no_harm_and_tells_the_same()
    {
        using var vault = new TestVault();
        var part = await vault.Write(1);
        var first = await vault.Vault.Erase(part.Recording);
        vault.Clock.Advance(TimeSpan.FromHours(1));
        vault.Open();

        var second = await vault.Vault.Erase(part.Recording);
        await vault.Vault.Forget(part.Recording);
        await vault.Vault.Forget(part.Recording);

        Assert.Equal(first! with { Parts = [] }, second! with { Parts = [] });
        Assert.Equal(first.Parts, second.Parts);
        Assert.Null(await vault.Vault.Erase(part.Recording));
        Assert.Empty(Directory.EnumerateFiles(vault.Options.Folder));
    }

    [Theory]
    [InlineData("after the facts are written")]
    [InlineData("after the key is gone")]
    [InlineData("after a file is gone")]
    [InlineData("after the files are gone")]
    [InlineData("after the outcome is written")]
    public async Task A_crash_at_any_step_is_gone_on_with_at_the_next_start(string crashAt)
    {
        using var vault = new TestVault();
        var part = await vault.Write(2);
        await using (var second = await vault.Begin(new PartId(part.Recording, 1, 2)))
        {
            await second.Close();
        }

        vault.Step = step => _ = step == crashAt ? throw new IOException("crash") : 0;
        await Assert.ThrowsAsync<IOException>(() => vault.Vault.Erase(part.Recording));
        vault.Step = null;
        vault.Open();

        await vault.Vault.Recover();
        var erasure = await vault.Vault.Erase(part.Recording);

        Assert.Equal((2, false, 2L), (erasure!.Parts.Length, erasure.OpensAfterwards, erasure.RingGeneration));
        Assert.Empty(Directory.EnumerateFiles(vault.Options.Folder, "*.part"));
        Assert.False(vault.Ring.Has(part.Recording));
    }

    [Fact]
    public async Task A_recording_that_is_erased_while_it_is_written_takes_nothing_more()
    {
        using var vault = new TestVault();
        var part = new PartId(RecordingId.New(), 1, 1);
        await using var writer = await vault.Begin(part);
        await writer.Append(TestVault.Facts(1), TestVault.Fragment(1));

        await vault.Vault.Erase(part.Recording);

        await Assert.ThrowsAsync<RecordingClusterException>(() => writer.Append(TestVault.Facts(2), TestVault.Fragment(2)));
        await Assert.ThrowsAsync<RecordingClusterException>(() => vault.Vault.Create(TestVault.Opening(new PartId(part.Recording, 1, 2))));
        Assert.Empty(Directory.EnumerateFiles(vault.Options.Folder, "*.part"));
    }

    [Fact]
    public async Task The_sweep_finds_what_is_overdue_by_headers_alone_without_any_key()
    {
        using var vault = new TestVault();
        var part = await vault.Write(1);
        vault.Ring.Remove(part.Recording);
        vault.Clock.SetUtcNow(TestVault.Start.AddDays(14).AddHours(1));

        var justDue = await vault.Vault.Overdue(TimeSpan.FromHours(1));
        var later = await vault.Vault.Overdue(TimeSpan.FromHours(2));

        Assert.Equal([part.Recording], justDue);
        Assert.Empty(later);
        Assert.False((await vault.Vault.Erase(part.Recording))!.OpensAfterwards);
    }

    [Fact]
    public async Task An_erasure_leaves_the_other_recordings_as_they_were()
    {
        using var vault = new TestVault();
        var gone = await vault.Write(1);
        var kept = await vault.Write(2);

        await vault.Vault.Erase(gone.Recording);
        vault.Open();

        Assert.Equal(3, vault.ReadAll(kept).Count);
    }

    [Fact]
    public async Task Recordings_that_are_erased_at_the_same_time_share_one_rewrite_of_the_ring_and_each_has_its_own_facts()
    {
        using var vault = new TestVault();
        var parts = new List<PartId>();
        for (var number = 0; number < 20; number++)
        {
            parts.Add(await vault.Write(1));
        }

        var kept = await vault.Write(1);
        using var first = new ManualResetEventSlim();
        vault.Step = step => _ = step == "after the facts are written" && !first.IsSet ? Wait(first) : 0;
        var alone = vault.Vault.Erase(parts[0].Recording); // the rest gathers behind it
        var rest = parts.Skip(1).Select(part => vault.Vault.Erase(part.Recording)).Append(vault.Vault.Erase(parts[1].Recording)).ToList();
        first.Set();
        var erased = await Task.WhenAll([alone, .. rest]);

        Assert.Equal(3, vault.Ring.Generation);
        Assert.All(parts.Zip(erased), pair => Assert.Equal((pair.First, false), (Assert.Single(pair.Second!.Parts).Id, pair.Second.OpensAfterwards)));
        Assert.Equal(erased[1], erased[^1]); // asked for twice at once
        Assert.Equal([vault.FileOf(kept)], Directory.EnumerateFiles(vault.Options.Folder, "*.part"));
    }

    [Fact]
    public async Task What_fails_for_one_holds_up_no_other()
    {
        using var vault = new TestVault();
        var (good, bad) = (await vault.Write(1), await vault.Write(1));
        await File.WriteAllTextAsync(Path.Combine(vault.Options.Folder, $"{bad.Recording.Value:N}.erasure"), "no record", TestContext.Current.CancellationToken);

        var failing = vault.Vault.Erase(bad.Recording);
        var erased = await vault.Vault.Erase(good.Recording);

        await Assert.ThrowsAsync<RecordingClusterException>(() => failing);
        Assert.False(erased!.OpensAfterwards);
        Assert.True(vault.Ring.Has(bad.Recording));
    }

    private static int Wait(ManualResetEventSlim gate)
    {
        gate.Wait(TestContext.Current.CancellationToken);
        return 0;
    }
}
