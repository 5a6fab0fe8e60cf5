using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tests.Vault;

public sealed class PartTests
{
    [Fact]
    public async Task What_was_stored_is_what_is_read_and_the_index_needs_the_file_alone()
    {
        using var vault = new TestVault();
        var part = await vault.Write(3);
        vault.Open();

        var read = vault.ReadAll(part);
        var described = (await vault.Vault.Parts(part.Recording, [])).Single();

        Assert.Equal([TestVault.Init, TestVault.Fragment(1), TestVault.Fragment(2), TestVault.Fragment(3)], read);
        var length = new FileInfo(vault.FileOf(part)).Length;
        var span = new TimeRange(TestVault.Start, TestVault.Start.AddSeconds(3));
        Assert.Equal(new Part(part, span, 3, 45, TimeSpan.FromSeconds(3), length, PartState.Closed, new RoomId("room-1"), new CameraId("camera-1"), Tracks: MediaTracks.Picture | MediaTracks.Sound), described);
    }

    [Fact]
    public async Task Nothing_of_picture_or_sound_stands_plain_in_the_file()
    {
        using var vault = new TestVault();
        var part = await vault.Write(2);

        var bytes = await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken);

        Assert.Equal(-1, bytes.AsSpan().IndexOf("moof"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("ftyp"u8));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(vault.FileOf(part)));
    }

    [Fact]
    public async Task The_same_fragment_sealed_twice_gives_other_bytes_since_no_nonce_and_key_meet_twice()
    {
        using var vault = new TestVault();
        var recording = RecordingId.New();
        await using (var one = await vault.Begin(new PartId(recording, 1, 1)))
        await using (var two = await vault.Begin(new PartId(recording, 1, 2)))
        {
            await one.Append(TestVault.Facts(1), TestVault.Fragment(1));
            await one.Append(TestVault.Facts(1), TestVault.Fragment(1));
            await two.Append(TestVault.Facts(1), TestVault.Fragment(1));
        }

        var runs = Directory.EnumerateFiles(vault.Options.Folder).SelectMany(file => File.ReadAllBytes(file).Chunk(16)).Select(Convert.ToHexString).ToList();

        var header = runs.GroupBy(run => run).Where(same => same.Count() > 1).Select(same => same.Key);
        Assert.DoesNotContain(header, run => run.Contains(Convert.ToHexString(TestVault.Fragment(1).AsSpan(0, 8)), StringComparison.Ordinal));
        Assert.Equal(3, (await vault.Vault.Parts(recording, [])).Sum(part => part.Fragments));
    }

    [Fact]
    public async Task An_open_part_can_be_read_while_it_is_written()
    {
        using var vault = new TestVault();
        var part = new PartId(RecordingId.New(), 1, 1);
        await using var writer = await vault.Begin(part);
        await writer.Append(TestVault.Facts(1), TestVault.Fragment(1));

        using var reader = vault.Vault.Open(part);

        Assert.Equal(PartState.Open, reader.State);
        Assert.Equal(TestVault.Fragment(1), reader.Read(1, TestPermit.For(part.Recording)));
    }

    [Fact]
    public async Task A_part_is_begun_once_and_takes_nothing_after_its_end()
    {
        using var vault = new TestVault();
        var part = new PartId(RecordingId.New(), 1, 1);
        await using var writer = await vault.Begin(part);
        await writer.Close();
        await writer.Close();

        var again = await Assert.ThrowsAsync<RecordingClusterException>(() => vault.Vault.Create(TestVault.Opening(part)));
        var late = await Assert.ThrowsAsync<RecordingClusterException>(() => writer.Append(TestVault.Facts(1), TestVault.Fragment(1)));

        Assert.Equal((ErrorKind.Conflict, ErrorKind.Conflict), (again.Kind, late.Kind));
    }

    [Fact]
    public async Task Nothing_is_read_from_the_tick_on_which_the_term_passes()
    {
        using var vault = new TestVault();
        var part = await vault.Write(1);
        using var reader = vault.Vault.Open(part);
        vault.Clock.SetUtcNow(TestVault.Start.AddDays(14).AddTicks(-1));
        var before = reader.Read(1, TestPermit.For(part.Recording));
        vault.Clock.Advance(TimeSpan.FromTicks(1));

        var held = Assert.Throws<RecordingClusterException>(() => reader.Read(1, TestPermit.For(part.Recording)));
        var anew = Assert.Throws<RecordingClusterException>(() => vault.Vault.Open(part));

        Assert.Equal(TestVault.Fragment(1), before);
        Assert.Equal((ErrorKind.NotFound, ErrorKind.NotFound), (held.Kind, anew.Kind));
        Assert.Empty(await vault.Vault.Parts(part.Recording, []));
    }
}
