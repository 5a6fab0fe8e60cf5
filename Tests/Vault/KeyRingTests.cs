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
        using (var ring = new KeyRing(new KeyRingFile(folder.Path, [], step => _ = step == crash ? throw new IOException("crash") : 0), TimeProvider.System))
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

    [Theory]
    [InlineData("before the new sealing key is written")]
    [InlineData("after the new sealing key is written")]
    [InlineData("before the ring is replaced")]
    [InlineData("after the ring is replaced")]
    [InlineData("after the old sealing key is destroyed")]
    public void An_erasure_that_failed_is_not_done_and_is_repeated_whole(string failAt)
    {
        using var folder = new TemporaryFolder();
        var gone = RecordingId.New();
        string? fail = null;
        using (var ring = new KeyRing(new KeyRingFile(folder.Path, [], step => _ = step == fail ? throw new IOException("disk full") : 0), TimeProvider.System))
        {
            ring.FindOrAdd(gone, Due).Key.Dispose();
            fail = failAt;
            Assert.Throws<IOException>(() => ring.Remove(gone));
            fail = null;
            ring.Remove(gone);
        }

        using var again = Open(folder);
        Assert.False(again.Has(gone));
    }

    [Theory]
    [InlineData("before the new sealing key is written")]
    [InlineData("after the new sealing key is written")]
    [InlineData("before the ring is replaced")]
    [InlineData("after the ring is replaced")]
    [InlineData("after the old sealing key is destroyed")]
    public void A_disk_that_fails_at_any_step_of_an_erasure_costs_no_other_key_and_the_erasure_can_be_repeated(string failAt)
    {
        using var folder = new TemporaryFolder();
        var (gone, kept, later) = (RecordingId.New(), RecordingId.New(), RecordingId.New());
        string? fail = null;
        using var ring = new KeyRing(new KeyRingFile(folder.Path, [], step => _ = step == fail ? throw new IOException("disk full") : 0), TimeProvider.System);
        ring.FindOrAdd(gone, Due).Key.Dispose();
        var key = Bytes(ring.FindOrAdd(kept, Due));
        fail = failAt;
        Assert.Throws<IOException>(() => ring.Remove(gone));
        fail = null;

        // The silo goes on: another recording begins, and it could be killed right after.
        ring.FindOrAdd(later, Due).Key.Dispose();
        using (var meanwhile = Copy(folder))
        using (var killed = Open(meanwhile))
        {
            Assert.Equal(key, Bytes(killed.Find(kept)!.Value));
            Assert.True(killed.Has(later));
        }

        ring.Remove(gone);

        using var again = Open(folder);
        Assert.False(again.Has(gone));
        Assert.Equal(key, Bytes(again.Find(kept)!.Value));
        Assert.Equal(2, Directory.EnumerateFiles(folder.Path).Count());
    }

    [Theory]
    [InlineData("before the ring is replaced")]
    [InlineData("after the ring is replaced")]
    public void A_crash_while_a_key_is_added_or_the_first_ring_is_made_leaves_a_ring_that_opens(string crashAt)
    {
        using var folder = new TemporaryFolder();
        var (kept, torn) = (RecordingId.New(), RecordingId.New());
        string? crash = crashAt;
        KeyRing Begin() => new(new KeyRingFile(folder.Path, [], step => _ = step == crash ? throw new IOException("crash") : 0), TimeProvider.System);
        Assert.Throws<IOException>(Begin);
        crash = null;
        byte[] key;
        using (var ring = Begin())
        {
            key = Bytes(ring.FindOrAdd(kept, Due));
            crash = crashAt;
            Assert.Throws<IOException>(() => ring.FindOrAdd(torn, Due));
        }

        using var again = Open(folder);
        Assert.Equal(key, Bytes(again.Find(kept)!.Value));
        Assert.Equal(2, Directory.EnumerateFiles(folder.Path).Count());
    }

    [Fact]
    public void A_crash_inside_a_step_leaves_halves_that_the_next_start_clears_away()
    {
        using var folder = new TemporaryFolder();
        var kept = RecordingId.New();
        byte[] key;
        using (var ring = Open(folder))
        {
            key = Bytes(ring.FindOrAdd(kept, Due));
        }

        // The next ring half written, the next sealing key half written, an old one overwritten and not yet unlinked.
        File.WriteAllBytes(folder["ring.new"], File.ReadAllBytes(folder["ring"])[..20]);
        File.WriteAllBytes(folder["sealing-2"], new byte[7]);
        File.WriteAllBytes(folder["sealing-0"], []);

        using var again = Open(folder);

        Assert.Equal(key, Bytes(again.Find(kept)!.Value));
        Assert.Equal(["ring", "sealing-1"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Under_a_credential_the_folder_alone_opens_nothing_and_erasure_still_destroys()
    {
        using var folder = new TemporaryFolder();
        using var given = new TemporaryFolder();
        File.WriteAllBytes(given["sealing"], Enumerable.Range(0, 32).Select(at => (byte)at).ToArray());
        var (gone, kept) = (RecordingId.New(), RecordingId.New());
        byte[] key;
        using (var plain = Open(folder))
        {
            plain.FindOrAdd(gone, Due).Key.Dispose();
            key = Bytes(plain.FindOrAdd(kept, Due));
        }

        // The first start with the credential wraps what was plain, under a new generation.
        using (var wrapped = new KeyRing(new KeyRingFile(folder.Path, SealingCredential.Find(given.Path)), TimeProvider.System))
        {
            Assert.Equal(2, wrapped.Generation);
        }

        using var stolen = Copy(folder);
        Assert.Contains("LoadCredentialEncrypted", Assert.Throws<RecordingClusterException>(() => Open(folder)).Message, StringComparison.Ordinal);
        using (var ring = new KeyRing(new KeyRingFile(folder.Path, SealingCredential.Find(given.Path)), TimeProvider.System))
        {
            ring.Remove(gone);
        }

        // Another credential opens with the one before it at hand, and from then on without.
        File.Move(given["sealing"], given["sealing-before"]);
        File.WriteAllText(given["sealing"], new string('x', 40));
        new KeyRing(new KeyRingFile(folder.Path, SealingCredential.Find(given.Path)), TimeProvider.System).Dispose();
        File.Delete(given["sealing-before"]);
        using var again = new KeyRing(new KeyRingFile(folder.Path, SealingCredential.Find(given.Path)), TimeProvider.System);
        Assert.Equal(key, Bytes(again.Find(kept)!.Value));
        Assert.False(again.Has(gone));

        // A copy from before the erasure, put back, does not open: its generation's sealing key is gone here.
        File.Copy(stolen["ring"], folder["ring"], overwrite: true);
        Assert.Throws<RecordingClusterException>(() => new KeyRing(new KeyRingFile(folder.Path, SealingCredential.Find(given.Path)), TimeProvider.System));
    }

    [Fact]
    public void A_credential_too_short_to_be_a_secret_is_refused()
    {
        using var given = new TemporaryFolder();
        File.WriteAllText(given["sealing"], "welcome");

        Assert.Contains("random bytes", Assert.Throws<RecordingClusterException>(() => SealingCredential.Find(given.Path)).Message, StringComparison.Ordinal);
        Assert.Empty(SealingCredential.Find(null));
    }

    [Fact]
    public void Its_status_is_numbers_and_is_read_while_the_ring_is_in_use_without_touching_it()
    {
        using var folder = new TemporaryFolder();
        using var ring = Open(folder);
        ring.FindOrAdd(RecordingId.New(), Due).Key.Dispose();
        ring.FindOrAdd(RecordingId.New(), Due).Key.Dispose();
        ring.FindOrAdd(RecordingId.New(), Due.AddDays(1)).Key.Dispose();
        File.WriteAllText(folder["sealing-7"], "left by a crash");

        var status = new KeyRingFile(folder.Path, []).Status();

        Assert.Equal((1, false), (status.Generation, status.Wrapped));
        Assert.Equal([(new DateOnly(2026, 12, 7), 2), (new DateOnly(2026, 12, 8), 1)], status.Days);
        Assert.True(File.Exists(folder["sealing-7"]));
    }

    [Fact]
    public void A_key_that_was_let_go_is_zeroed_and_its_memory_is_locked_where_the_system_allows_it()
    {
        var key = SecretKey.NewRandom();
        var bytes = key.Bytes;
        Assert.NotEqual(0, bytes.IndexOfAnyExcept((byte)0) + 1);

        key.Dispose();

        Assert.Equal(-1, bytes.IndexOfAnyExcept((byte)0));
        var locked = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmLck", StringComparison.Ordinal));
        Assert.True(!ProcessMemory.TryLock(GC.AllocateArray<byte>(32, pinned: true)) || !locked.Contains(" 0 kB", StringComparison.Ordinal), locked);
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

    private static KeyRing Open(TemporaryFolder folder) => new(new KeyRingFile(folder.Path, []), new FakeTimeProvider(TestVault.Start));

    private static TemporaryFolder Copy(TemporaryFolder folder)
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(folder.Path))
        {
            File.Copy(file, copy[Path.GetFileName(file)]);
        }

        return copy;
    }

    private static byte[] Bytes((Guid Id, SecretKey Key) key) => key.Key.Bytes.ToArray();
}
