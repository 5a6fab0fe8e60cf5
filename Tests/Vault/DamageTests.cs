using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Tests.Vault;

/// <summary>V2: whatever is done to a file, it is found, and never a wrong picture shown.</summary>
public sealed class DamageTests
{
    [Fact]
    public async Task A_bit_flipped_anywhere_in_a_closed_part_is_found()
    {
        using var vault = new TestVault();
        var part = await vault.Write(2);
        var sound = await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken);

        var unnoticed = Enumerable.Range(0, sound.Length).Where(at => Opens(vault, part, Flipped(sound, at))).ToList();

        Assert.Empty(unnoticed);
    }

    [Fact]
    public async Task A_closed_part_cut_off_at_any_length_is_found()
    {
        using var vault = new TestVault();
        var part = await vault.Write(2);
        var sound = await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken);

        var unnoticed = Enumerable.Range(0, sound.Length).Where(length => Opens(vault, part, sound[..length])).ToList();

        Assert.Empty(unnoticed);
    }

    [Fact]
    public async Task Records_swapped_doubled_left_out_or_added_are_found()
    {
        using var vault = new TestVault();
        var part = await vault.Write(3);
        var sound = await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken);
        var (first, second, third, end) = (Record(sound, 1), Record(sound, 2), Record(sound, 3), Record(sound, 4));
        var head = sound[..first.Start.Value];

        Assert.False(Opens(vault, part, [.. head, .. sound[second], .. sound[first], .. sound[third], .. sound[end]]), "swapped");
        Assert.False(Opens(vault, part, [.. head, .. sound[first], .. sound[first], .. sound[second], .. sound[third], .. sound[end]]), "doubled");
        Assert.False(Opens(vault, part, [.. head, .. sound[first], .. sound[third], .. sound[end]]), "left out");
        Assert.False(Opens(vault, part, [.. head, .. sound[first], .. sound[end]]), "cut, with its closing record kept");
        Assert.False(Opens(vault, part, [.. sound, .. sound[end]]), "added");
        Assert.True(Opens(vault, part, sound), "left as it was");
    }

    [Fact]
    public async Task A_fragment_of_another_part_of_the_same_recording_does_not_fit()
    {
        using var vault = new TestVault();
        var one = await vault.Write(2);
        var two = new PartId(one.Recording, 2, 1);
        await using (var writer = await vault.Begin(two))
        {
            await writer.Append(TestVault.Facts(1), TestVault.Fragment(1));
            await writer.Append(TestVault.Facts(2), TestVault.Fragment(2));
            await writer.Close();
        }

        var ours = await File.ReadAllBytesAsync(vault.FileOf(one), TestContext.Current.CancellationToken);
        var theirs = await File.ReadAllBytesAsync(vault.FileOf(two), TestContext.Current.CancellationToken);
        byte[] mixed = [.. ours[..Record(ours, 2).Start.Value], .. theirs[Record(theirs, 2)], .. ours[Record(ours, 3)]];

        Assert.False(Opens(vault, one, mixed));
    }

    [Fact]
    public async Task A_part_on_which_damage_is_found_is_told_as_damaged_and_kept()
    {
        using var vault = new TestVault();
        var part = await vault.Write(2);
        var file = vault.FileOf(part);
        var damaged = Flipped(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), 400);
        await File.WriteAllBytesAsync(file, damaged, TestContext.Current.CancellationToken);
        vault.Open();

        await vault.Vault.Recover();

        Assert.Equal(PartState.Damaged, (await vault.Vault.Parts(part.Recording, [])).Single().State);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    private static byte[] Flipped(byte[] sound, int at)
    {
        var damaged = (byte[])sound.Clone();
        damaged[at] ^= 0x10;
        return damaged;
    }

    // Only an error of ours counts as found, and only the very bytes that were stored count as opened.
    private static bool Opens(TestVault vault, PartId part, byte[] file)
    {
        File.WriteAllBytes(vault.FileOf(part), file);
        try
        {
            return vault.ReadAll(part).Count > 0;
        }
        catch (RecordingClusterException fault)
        {
            Assert.Equal(ErrorKind.DataLoss, fault.Kind);
            return false;
        }
    }

    // Record 0 is the beginning, 1 to n are fragments, the last is the closing record.
    private static Range Record(byte[] file, int number)
    {
        var at = PartHeader.Read(file, "test").SizeInBytes;
        for (var record = 0; ; record++)
        {
            Assert.True(RecordFrame.TryRead(file.AsSpan(at), out var frame));
            if (record == number)
            {
                return at..(at + frame.RecordBytes);
            }

            at += frame.RecordBytes;
        }
    }
}
