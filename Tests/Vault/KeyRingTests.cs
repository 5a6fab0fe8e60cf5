using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Vault;
using Microsoft.Extensions.Time.Testing;

namespace RecordingCluster.Tests.Vault;

/// <summary>V5: keys are in the ring alone, and at every moment there is a ring that opens.</summary>
public sealed class KeyRingTests
{
    private static readonly DateTimeOffset Due = TestVault.Start.AddDays(14);

    [Fact]
    public void A_key_is_the_same_after_a_start_and_another_for_each_recording()
    {
        using var folder = new TemporaryFolder();
        var (one, two) = (RecordingId.New(), RecordingId.New());
        using var ring = Open(folder);
        var first = Bytes(ring.FindOrAdd(one, Due));
        var second = Bytes(ring.FindOrAdd(two, Due));

        using var again = Open(folder);

        Assert.Equal(first, Bytes(again.Find(one)!.Value));
        Assert.Equal(second, Bytes(again.FindOrAdd(two, Due)));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_copy_of_the_ring_from_before_an_erasure_opens_nothing_afterwards()
    {
        using var folder = new TemporaryFolder();
        var recording = RecordingId.New();
        using (var ring = Open(folder))
        {
            ring.FindOrAdd(recording, Due).Key.Dispose();
            File.Copy(folder["ring"], folder["stolen"]);
            ring.Remove(recording);
        }

        File.Move(folder["stolen"], folder["ring"], overwrite: true);

        var refused = Assert.Throws<RecordingClusterException>(() => Open(folder));
        Assert.Equal(ErrorKind.DataLoss, refused.Kind);
    }

    [Theory]
    [InlineData("before the new sealing key is written")]
    [InlineData("after the new sealing key is written")]
    [InlineData("before the ring is replaced")]
    [InlineData("after the ring is replaced")]
    [InlineData("after the old sealing key is destroyed")]
    public void A_crash_at_any_step_of_a_rewrite_leaves_a_ring_that_opens(string crashAt)
    {
        using var folder = new TemporaryFolder();
        var (gone, kept) = (RecordingId.New(), RecordingId.New());
        byte[] key;
        string? crash = null;
        using (var ring = new KeyRing(new KeyRingFile(folder.Path, step => _ = step == crash ? throw new IOException("crash") : 0), TimeProvider.System))
        {
            ring.FindOrAdd(gone, Due).Key.Dispose();
            key = Bytes(ring.FindOrAdd(kept, Due));
            crash = crashAt;
            Assert.Throws<IOException>(() => ring.Remove(gone));
        }

        using var again = Open(folder);

        Assert.Equal(key, Bytes(again.Find(kept)!.Value));
        Assert.Equal(2, Directory.EnumerateFiles(folder.Path).Count());
    }

    [Fact]
    public void A_ring_that_was_changed_or_cut_at_any_byte_does_not_open_and_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        using (var ring = Open(folder))
        {
            ring.FindOrAdd(RecordingId.New(), Due).Key.Dispose();
        }

        var sound = File.ReadAllBytes(folder["ring"]);
        for (var at = 0; at < sound.Length; at++)
        {
            var changed = (byte[])sound.Clone();
            changed[at] ^= 1;
            File.WriteAllBytes(folder["ring"], changed);
            Assert.Equal(ErrorKind.DataLoss, Assert.Throws<RecordingClusterException>(() => Open(folder)).Kind);
            File.WriteAllBytes(folder["ring"], sound[..at]);
            Assert.Equal(ErrorKind.DataLoss, Assert.Throws<RecordingClusterException>(() => Open(folder)).Kind);
        }

        File.WriteAllBytes(folder["ring"], sound);
        Open(folder).Dispose();
    }

    [Fact]
    public async Task A_vault_with_parts_and_without_ring_is_refused_rather_than_given_a_new_one()
    {
        using var vault = new TestVault();
        await vault.Write(1);
        File.Delete(Path.Combine(vault.Options.KeyFolder, "ring"));

        var refused = Assert.Throws<RecordingClusterException>(vault.Open);

        Assert.Equal(ErrorKind.DataLoss, refused.Kind);
        Assert.False(File.Exists(Path.Combine(vault.Options.KeyFolder, "ring")));
    }

    [Fact]
    public void A_key_cannot_be_printed_and_its_file_is_the_owners_alone()
    {
        using var folder = new TemporaryFolder();
        using var ring = Open(folder);
        using var key = ring.FindOrAdd(RecordingId.New(), Due).Key;

        Assert.Equal("[key]", $"{key}");
        Assert.All(Directory.EnumerateFiles(folder.Path), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    private static KeyRing Open(TemporaryFolder folder) => new(new KeyRingFile(folder.Path), new FakeTimeProvider(TestVault.Start));

    private static byte[] Bytes((Guid Id, SecretKey Key) key) => key.Key.Bytes.ToArray();
}
