using System.Buffers.Binary;
using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Tests.Vault;

/// <summary>A part in a sister's vault: sealed anew there, record by record, never more than the part, and gone with it.</summary>
public sealed class CopyTests : IDisposable
{
    private readonly TestVault first = new(name: "silo-1");
    private readonly TestVault second = new(name: "silo-2");

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task A_copy_holds_what_its_part_holds_under_a_key_of_its_own_vaults_ring_and_ends_as_it_did()
    {
        var part = await first.Write(3);
        await Copy(part);

        var (told, copied) = ((await first.Vault.Parts(part.Recording, [])).Single(), (await second.Vault.Parts(part.Recording, [])).Single());
        Assert.Equal(first.ReadAll(part), second.ReadAll(part));
        Assert.Equal(told with { SealedBytes = copied.SealedBytes }, copied); // the silo named is the one whose part it is
        Assert.Equal("silo-1", copied.Vault);
        Assert.NotEqual(KeyOf(first, part), KeyOf(second, part));
        Assert.Null(await second.Vault.KeepCopy(OpeningOf(part), 0));
    }

    [Fact]
    public async Task Of_a_part_that_is_being_written_a_copy_gets_what_was_acknowledged_and_can_be_read_while_it_waits_for_more()
    {
        await using var writer = await first.Begin(new PartId(RecordingId.New(), 1, 1));
        using var source = first.Vault.OpenToCopy(writer.Id);
        var before = source.Records;
        await writer.Append(TestVault.Facts(1), TestVault.Fragment(1));
        var (during, room) = (source.Records, source.Part.Bytes);
        await Copy(writer.Id);
        second.Open(); // a start, as after a crash
        await second.Vault.Recover();
        var waiting = (await second.Vault.Parts(writer.Id.Recording, [])).Single();
        await writer.Append(TestVault.Facts(2), TestVault.Fragment(2));
        await writer.Close();
        await Copy(writer.Id);

        Assert.Equal((0, 2, 4), (before, during, source.Records));
        Assert.True(room > 0);
        Assert.Equal((1, PartState.Open), (waiting.Fragments, waiting.State));
        Assert.Equal(first.ReadAll(writer.Id), second.ReadAll(writer.Id));
    }

    [Fact]
    public async Task A_part_that_a_crash_ended_ends_its_copy_in_the_same_way()
    {
        var part = await first.Write(2, close: false);
        using (var source = first.Vault.OpenToCopy(part))
        {
            Assert.Equal(0, source.Records); // whether its tail is torn is not known before the start after the crash
        }

        await first.Vault.Recover();
        await Copy(part);

        Assert.Equal(PartState.Recovered, (await second.Vault.Parts(part.Recording, [])).Single().State);
    }

    [Fact]
    public async Task A_copy_that_was_cut_off_in_a_record_seals_that_record_to_the_same_bytes_and_goes_on()
    {
        var part = await first.Write(3);
        await Copy(part, records: 3);
        var whole = await File.ReadAllBytesAsync(second.FileOf(part), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(second.FileOf(part), whole[..^20], TestContext.Current.CancellationToken);
        second.Open();
        await second.Vault.Recover();

        await Copy(part, records: 3);
        var again = await File.ReadAllBytesAsync(second.FileOf(part), TestContext.Current.CancellationToken);
        await Copy(part);

        Assert.Equal(whole, again); // V1: no nonce with other bytes
        Assert.Equal(first.ReadAll(part), second.ReadAll(part));
    }

    [Fact]
    public async Task A_record_that_is_there_is_left_as_it_is_and_one_that_does_not_come_next_is_refused()
    {
        var part = await first.Write(3);
        using var source = first.Vault.OpenToCopy(part);
        await using var copy = (await second.Vault.KeepCopy(OpeningOf(part), 0))!;
        await copy.Take(source.Read(0));
        await copy.Take(source.Read(0));

        await Assert.ThrowsAsync<RecordingClusterException>(() => copy.Take(source.Read(2)));
        await Assert.ThrowsAsync<RecordingClusterException>(() => copy.Take(source.Read(0) with { Number = 1 }));

        Assert.Equal(1, copy.Records);
    }

    [Fact]
    public async Task What_a_fence_hides_of_a_part_it_hides_of_the_copy()
    {
        var part = await first.Write(5);
        await Copy(part);
        var fence = new Fence(1, TestVault.Start.AddSeconds(2.9));

        var (told, copied) = ((await first.Vault.Parts(part.Recording, [fence])).Single(), (await second.Vault.Parts(part.Recording, [fence])).Single());

        Assert.Equal(told with { SealedBytes = copied.SealedBytes }, copied);
        Assert.Equal(2, copied.Fragments);
        Assert.Equal(0, (await second.Vault.Parts(part.Recording, [fence with { At = TestVault.Start }])).Single().Fragments);
    }

    [Fact]
    public async Task A_copy_that_lags_shows_what_it_has_and_says_which_stretch_it_lacks()
    {
        var part = await first.Write(3);
        await Copy(part, records: 3);
        var told = (await first.Vault.Parts(part.Recording, [])).Single();

        var (whole, lagging) = (new ViewingSource(first.Vault).Look(told, told.Span), new ViewingSource(second.Vault).Look(told, told.Span));

        Assert.Equal(whole.Fragments[..2], lagging.Fragments);
        Assert.Equal((null, new TimeRange(TestVault.Start.AddSeconds(2), TestVault.Start.AddSeconds(3))), (whole.Lacking, lagging.Lacking));
    }

    [Fact]
    public async Task A_copy_is_unreadable_from_its_parts_term_on_and_its_erasure_says_that_it_was_a_copy()
    {
        var part = await first.Write(3);
        await Copy(part, records: 3);
        first.Clock.SetUtcNow(TestVault.Start.AddDays(14));
        second.Clock.SetUtcNow(TestVault.Start.AddDays(14));

        var late = Assert.Throws<RecordingClusterException>(() => second.Vault.Open(part));
        var gone = Assert.Throws<RecordingClusterException>(() => first.Vault.OpenToCopy(part));
        var overdue = await second.Vault.Overdue(TimeSpan.Zero);
        var (own, copied) = ((await first.Vault.Erase(part.Recording))!, (await second.Vault.Erase(part.Recording))!);
        var anew = await Assert.ThrowsAsync<RecordingClusterException>(() => second.Vault.KeepCopy(OpeningOf(part), 0));

        Assert.Equal((ErrorKind.NotFound, ErrorKind.NotFound, ErrorKind.NotFound), (late.Kind, gone.Kind, anew.Kind));
        Assert.Equal([part.Recording], overdue);
        Assert.Equal((null, "silo-2"), (own.Parts.Single().CopyIn, copied.Parts.Single().CopyIn));
        Assert.Equal((false, false), (copied.OpensAfterwards, second.Ring.Has(part.Recording)));
        Assert.Empty(Directory.EnumerateFiles(second.Options.Folder, "*.part"));
    }

    [Fact]
    public async Task An_erasure_takes_a_copy_from_under_whoever_still_brings_records()
    {
        var part = await first.Write(3);
        using var source = first.Vault.OpenToCopy(part);
        await using var copy = (await second.Vault.KeepCopy(OpeningOf(part), 0))!;
        await copy.Take(source.Read(0));
        await second.Vault.Erase(part.Recording);

        await Assert.ThrowsAsync<RecordingClusterException>(() => copy.Take(source.Read(1)));

        Assert.Empty(Directory.EnumerateFiles(second.Options.Folder, "*.part"));
    }

    [Fact]
    public async Task A_vault_without_room_refuses_a_copy_and_keeps_neither_file_nor_key()
    {
        var part = await first.Write(1);

        var refused = await Assert.ThrowsAsync<RecordingClusterException>(() => second.Vault.KeepCopy(OpeningOf(part), long.MaxValue));

        Assert.Equal((ErrorKind.Unavailable, false), (refused.Kind, second.Ring.Has(part.Recording)));
        Assert.Empty(Directory.EnumerateFiles(second.Options.Folder));
    }

    [Fact]
    public async Task A_copy_that_is_not_wanted_goes_without_the_key_that_another_file_of_the_recording_needs()
    {
        var part = await first.Write(1);
        var later = part with { Epoch = 2 };
        await using (var own = await second.Begin(later))
        {
            await own.Close();
        }

        await (await second.Vault.KeepCopy(OpeningOf(part), 0))!.DisposeAsync();
        await second.Vault.DiscardCopy(part);
        var kept = second.Ring.Has(part.Recording);
        await second.Vault.DiscardCopy(later);

        Assert.Equal((true, false), (kept, second.Ring.Has(part.Recording)));
    }

    [Fact]
    public async Task Copies_are_not_copied_again()
    {
        var part = await first.Write(1);
        await Copy(part);
        var own = await second.Write(1);

        Assert.Equal([own], await second.Vault.OwnParts());
        Assert.Equal([part], await first.Vault.OwnParts());
    }

    [Fact]
    public void A_header_of_before_there_were_copies_is_that_of_a_part_of_its_own()
    {
        var opening = TestVault.Opening(new PartId(RecordingId.New(), 1, 1));
        var (_, bytes) = PartHeader.Create(opening, Guid.NewGuid());
        byte[] body = [.. bytes[..^(SHA256.HashSizeInBytes + 1)]]; // the last text is empty: its length alone
        body[8] = 2;
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(10), (ushort)(body.Length + SHA256.HashSizeInBytes));

        Assert.Equal(opening, PartHeader.Read((byte[])[.. body, .. SHA256.HashData(body)], "test").Opening);
    }

    [Fact]
    public void What_is_brought_is_read_as_it_was_and_no_bytes_of_a_stranger_break_more_than_their_own_request()
    {
        var record = new CopyRecord(RecordKind.Fragment, 7, TestVault.Facts(7), TestVault.Fragment(7));

        var read = CopyRecord.Read(record.ToBytes());
        Fuzz.Run([record.ToBytes()], input => CopyRecord.Read(input));

        Assert.Equal((record.Kind, record.Number, record.Facts), (read.Kind, read.Number, read.Facts));
        Assert.Equal(record.Payload.ToArray(), read.Payload.ToArray());
    }

    private static Guid KeyOf(TestVault vault, PartId part)
    {
        var (id, key) = vault.Ring.Find(part.Recording)!.Value;
        key.Dispose();
        return id;
    }

    private static PartOpening OpeningOf(PartId part) => TestVault.Opening(part) with { CopyOf = "silo-1" };

    // As the two silos do it, without the network between them.
    private async Task Copy(PartId part, int records = int.MaxValue)
    {
        using var source = first.Vault.OpenToCopy(part);
        if (await second.Vault.KeepCopy(OpeningOf(part), source.Part.Bytes) is not { } copy)
        {
            return;
        }

        while (copy.Records < Math.Min(records, source.Records))
        {
            var record = source.Read(copy.Records);
            await copy.Take(record);
            if (record.Kind is RecordKind.Closed or RecordKind.Recovered)
            {
                return;
            }
        }

        await copy.DisposeAsync();
    }
}
