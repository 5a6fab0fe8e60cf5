using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Vault;
using RecordingCluster.Tests.Silo;
using RecordingCluster.Tests.Vault;

namespace RecordingCluster.Tests.Faults;

/// <summary>A vault's disk that fills: said before the talk, and in it what was acknowledged is kept.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private const int Megabyte = 1 << 20;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly byte[] fragment = new byte[Megabyte];

    public ValueTask InitializeAsync()
    {
        if (SmallDisk.WhyNot() is { } reason)
        {
            Assert.Skip(reason);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_talk_for_which_there_is_no_room_is_refused_before_it_and_leaves_nothing_behind()
    {
        await using var disk = await SmallDisk.Mount(folder["vault"], 8);
        using var vault = new TestVault(folder["vault"]);
        var part = new PartId(RecordingId.New(), 1, 1);

        var refused = await Assert.ThrowsAsync<RecordingClusterException>(() => vault.Vault.Create(TestVault.Opening(part), new SpaceNeed(16 * Megabyte, OrRefuse: true)));

        Assert.Equal(ErrorKind.Unavailable, refused.Kind);
        Assert.Empty(Directory.EnumerateFiles(folder["vault"], "*.part"));
        await using var smaller = await vault.Vault.Create(TestVault.Opening(part), new SpaceNeed(4 * Megabyte, OrRefuse: true));
    }

    [Fact]
    public async Task Room_that_was_reserved_is_there_though_another_program_fills_the_disk_and_is_given_back_at_the_end()
    {
        await using var disk = await SmallDisk.Mount(folder["vault"], 8);
        using var vault = new TestVault(folder["vault"]);
        var part = new PartId(RecordingId.New(), 1, 1);
        await using var writer = await vault.Vault.Create(TestVault.Opening(part), new SpaceNeed(5 * Megabyte, OrRefuse: true));
        await writer.WriteInit(TestVault.Init);

        using var other = disk.Fill();
        for (var number = 1; number <= 3; number++)
        {
            await writer.Append(TestVault.Facts(number), fragment);
        }

        await writer.Close();

        Assert.Equal(4, vault.ReadAll(part).Count);
        Assert.InRange(new DriveInfo(folder["vault"]).AvailableFreeSpace, Megabyte, 3 * Megabyte);
    }

    [Fact]
    public async Task Room_for_the_rest_of_a_talk_that_was_lengthened_is_there_too()
    {
        await using var disk = await SmallDisk.Mount(folder["vault"], 8);
        using var vault = new TestVault(folder["vault"]);
        var part = new PartId(RecordingId.New(), 1, 1);
        await using var writer = await vault.Vault.Create(TestVault.Opening(part), new SpaceNeed(2 * Megabyte, OrRefuse: true));
        await writer.WriteInit(TestVault.Init);
        await writer.Append(TestVault.Facts(1), fragment);

        await writer.Reserve(64L * Megabyte); // more than there is: the part goes on with what it has
        await writer.Reserve(4 * Megabyte);
        using var other = disk.Fill();
        for (var number = 2; number <= 4; number++)
        {
            await writer.Append(TestVault.Facts(number), fragment);
        }

        Assert.InRange(writer.RoomBytes, 5 * Megabyte, 6 * Megabyte);
    }

    [Fact]
    public async Task A_talk_that_is_lengthened_takes_its_room_at_once()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera, settings: new Dictionary<string, string> { ["Cameras__camera-1__MostKilobitsPerSecond"] = "100" }); // half an hour: 22 MB
        await using var disk = await SmallDisk.Mount(silo.Vault, 128);
        var (booking, started) = await silo.StartTalk();
        Assert.IsType<StartOutcome.Started>(started);
        var free = Free();

        await silo.LengthenTalk(booking, TimeSpan.FromMinutes(30));

        await SiloProcess.Until(() => Task.FromResult(free - Free() > 20 * Megabyte), Soon, () => $"Of {free} bytes {Free()} are free.\n{silo.Log}");

        long Free() => new DriveInfo(silo.Vault).AvailableFreeSpace;
    }

    [Fact]
    public async Task A_disk_that_fills_in_the_talk_costs_the_fragment_that_did_not_fit_and_the_part_is_closed_behind_the_others()
    {
        await using var disk = await SmallDisk.Mount(folder["vault"], 8);
        using var vault = new TestVault(folder["vault"]);
        var earlier = await vault.Write(2);
        var part = new PartId(RecordingId.New(), 1, 1);
        var acknowledged = 0;
        await using (var writer = await vault.Begin(part))
        {
            var full = await Assert.ThrowsAnyAsync<IOException>(async () =>
            {
                while (true)
                {
                    await writer.Append(TestVault.Facts(acknowledged + 1), fragment);
                    acknowledged++;
                }
            });
            Assert.True(Posix.IsFull(full), full.ToString());
            await writer.Close();
        }

        await vault.Vault.Mend(part);

        Assert.InRange(acknowledged, 5, 8);
        Assert.Equal(1 + acknowledged, vault.ReadAll(part).Count);
        Assert.Equal(PartState.Recovered, Assert.Single(await vault.Vault.Parts(part.Recording, [])).State);
        Assert.Equal(3, vault.ReadAll(earlier).Count); // nothing is erased early to make room
    }

    [Fact]
    public async Task The_official_is_told_before_the_talk_that_there_is_no_room_for_it_and_in_the_talk_that_the_disk_is_full()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera, settings: new Dictionary<string, string> { ["Cameras__camera-1__MostKilobitsPerSecond"] = "100" }); // an hour and its grace: some 50 MB
        StartOutcome refused;
        BookingId booking;
        await using (var tooSmall = await SmallDisk.Mount(silo.Vault, 16))
        {
            (booking, refused) = await silo.StartTalk();
        }

        await using var disk = await SmallDisk.Mount(silo.Vault, 64);
        var recording = Assert.IsType<StartOutcome.Started>(await silo.StartAgain(booking)).Recording;
        using (disk.Fill())
        {
            // What was reserved holds on though nothing else is left.
            await AwaitFragments(silo, recording, 3);
        }

        await silo.StopTalk(booking);

        Assert.Equal(CameraFault.VaultFull, Assert.IsType<StartOutcome.CameraNotReady>(refused).Fault);
        Assert.Equal(PartState.Closed, Assert.Single((await silo.Read(recording)).Parts).State);
    }

    private static Task<TimeSpan> AwaitFragments(SiloProcess silo, RecordingId recording, int count) => SiloProcess.Until(
        async () => (await silo.Read(recording)).Parts.Sum(part => part.Fragments) >= count, Soon, () => $"No {count} fragments came.\n{silo.Log}");
}
