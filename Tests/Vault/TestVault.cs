using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Tests.Vault;

/// <summary>A vault in a folder of its own, on a clock of its own. It can be left and opened again, as after a crash.</summary>
internal sealed class TestVault : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    public static readonly byte[] Init = Encoding.ASCII.GetBytes("ftyp and moov");

    private readonly TemporaryFolder folder = new();
    private readonly string? parts;
    private readonly string? name;

    /// <param name="parts">Where its parts are, such as on a disk of their own; beside the keys when left out.</param>
    /// <param name="name">Of its silo, where there are several.</param>
    public TestVault(string? parts = null, string? name = null)
    {
        (this.parts, this.name) = (parts, name);
        Open();
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public VaultOptions Options => new(parts ?? folder["vault"], folder["keys"], name);

    public KeyRing Ring { get; private set; } = null!;

    public FileVault Vault { get; private set; } = null!;

    /// <summary>Called with the name of each step of an erasure; may throw, as a crash would.</summary>
    public Action<string>? Step { get; set; }

    /// <summary>What a start would see: nothing but the files.</summary>
    public void Open()
    {
        Ring?.Dispose();
        Ring = KeyRing.Open(Options, Clock);
        Vault = new FileVault(Options, Ring, Clock, NullLogger<FileVault>.Instance, step => Step?.Invoke(step));
    }

    public static PartOpening Opening(PartId part) => new(
        part, new SiteId("town-hall"), new RoomId("room-1"), new CameraId("camera-1"), Start, Start.AddDays(14), Start, "model-1");

    public static FragmentFacts Facts(int number) => new(
        Start.AddSeconds(number - 1), number * 1_000_000_000L, TimeSpan.FromSeconds(1), 15, TimeSpan.FromSeconds(1));

    public static byte[] Fragment(int number) => Encoding.ASCII.GetBytes($"moof and mdat of fragment {number}");

    public async Task<PartWriter> Begin(PartId part)
    {
        var writer = await Vault.Create(Opening(part));
        await writer.WriteInit(Init);
        return writer;
    }

    public async Task<PartId> Write(int fragments, bool close = true, RecordingId? recording = null)
    {
        var part = new PartId(recording ?? RecordingId.New(), 1, 1);
        await using var writer = await Begin(part);
        for (var number = 1; number <= fragments; number++)
        {
            await writer.Append(Facts(number), Fragment(number));
        }

        if (close)
        {
            await writer.Close();
        }

        return part;
    }

    public string FileOf(PartId part) => Directory.EnumerateFiles(Options.Folder, $"{part.Recording.Value:N}-{part.Epoch:D4}-{part.Number:D4}*").Single();

    public List<byte[]> ReadAll(PartId part)
    {
        using var reader = Vault.Open(part);
        var permit = TestPermit.For(part.Recording);
        return [reader.ReadInit(permit), .. reader.Fragments.Select(fragment => reader.Read(fragment.Number, permit))];
    }

    public void Dispose()
    {
        Ring.Dispose();
        folder.Dispose();
    }
}
