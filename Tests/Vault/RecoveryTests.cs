using CsCheck;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Tests.Vault;

/// <summary>V3: what was acknowledged survives; a torn tail is dropped, and nothing else.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task A_crash_at_any_byte_of_the_last_record_keeps_all_that_was_acknowledged()
    {
        using var vault = new TestVault();
        var part = await vault.Write(2, close: false);
        var acknowledged = new FileInfo(vault.FileOf(part)).Length;
        await using (var writer = await vault.Begin(new PartId(part.Recording, 1, 2)))
        {
            await writer.Append(TestVault.Facts(1), TestVault.Fragment(1));
        }

        var twoFragments = await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken);
        var torn = await File.ReadAllBytesAsync(vault.FileOf(new PartId(part.Recording, 1, 2)), TestContext.Current.CancellationToken);

        // A torn record is any beginning of a record: here that of another part, which can never open in this one.
        var record = torn[^120..];
        for (var length = 0; length <= record.Length; length++)
        {
            await File.WriteAllBytesAsync(vault.FileOf(part), [.. twoFragments, .. record[..length]], TestContext.Current.CancellationToken);
            vault.Open();
            await vault.Vault.Recover();
            Assert.Equal([TestVault.Init, TestVault.Fragment(1), TestVault.Fragment(2)], vault.ReadAll(part));
        }

        Assert.Equal(acknowledged, twoFragments.Length);
    }

    [Fact]
    public async Task A_last_record_whose_length_came_to_disk_and_whose_bytes_did_not_is_dropped()
    {
        using var vault = new TestVault();
        var part = await vault.Write(3, close: false);
        var file = await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken);
        file.AsSpan(^20..).Clear();
        await File.WriteAllBytesAsync(vault.FileOf(part), file, TestContext.Current.CancellationToken);
        vault.Open();

        await vault.Vault.Recover();

        Assert.Equal([TestVault.Init, TestVault.Fragment(1), TestVault.Fragment(2)], vault.ReadAll(part));
    }

    [Fact]
    public async Task Damage_in_the_middle_is_not_mistaken_for_a_torn_tail()
    {
        using var vault = new TestVault();
        var part = await vault.Write(3, close: false);
        var file = await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken);
        file[^200] ^= 1; // in the sealed facts of the second of three records of 121 bytes
        await File.WriteAllBytesAsync(vault.FileOf(part), file, TestContext.Current.CancellationToken);
        vault.Open();

        await vault.Vault.Recover();

        Assert.Equal(file, await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken));
        Assert.Equal(ErrorKind.DataLoss, Assert.Throws<RecordingClusterException>(() => vault.Vault.Open(part)).Kind);
    }

    [Fact]
    public async Task Recovering_twice_changes_nothing_the_second_time()
    {
        using var vault = new TestVault();
        var part = await vault.Write(2, close: false);
        vault.Open();
        await vault.Vault.Recover();
        var once = await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken);
        vault.Open();

        await vault.Vault.Recover();

        Assert.Equal(once, await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken));
        Assert.Equal(PartState.Recovered, (await vault.Vault.Parts(part.Recording, [])).Single().State);
    }

    [Fact]
    public async Task Whatever_is_appended_closed_crashed_and_recovered_in_any_order_is_there_afterwards()
    {
        // 0 to 6: append; 7: close and begin a new part; 8: crash and recover, then a new part.
        await Gen.Int[0, 8].Array[0, 30].SampleAsync(Run, iter: 60);

        static async Task Run(int[] steps)
        {
            using var vault = new TestVault();
            var recording = RecordingId.New();
            var stored = new Dictionary<int, int>();
            var number = 1;
            var writer = await vault.Begin(new PartId(recording, 1, number));
            foreach (var step in steps)
            {
                if (step <= 6)
                {
                    var fragment = stored.GetValueOrDefault(number) + 1;
                    await writer.Append(TestVault.Facts(fragment), TestVault.Fragment(fragment));
                    stored[number] = fragment;
                    continue;
                }

                if (step == 7)
                {
                    await writer.Close();
                }

                await writer.DisposeAsync();
                if (step == 8)
                {
                    vault.Open();
                    await vault.Vault.Recover();
                }

                writer = await vault.Begin(new PartId(recording, 1, ++number));
            }

            await writer.DisposeAsync();
            vault.Open();
            await vault.Vault.Recover();
            foreach (var part in await vault.Vault.Parts(recording, []))
            {
                var expected = Enumerable.Range(1, stored.GetValueOrDefault(part.Id.Number)).Select(TestVault.Fragment).Prepend(TestVault.Init);
                Assert.Equal(expected, vault.ReadAll(part.Id));
            }

            Assert.Equal(number, (await vault.Vault.Parts(recording, [])).Length);
        }
    }
}
