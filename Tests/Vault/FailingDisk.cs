using CliWrap;
using CliWrap.Buffered;

namespace RecordingCluster.Tests.Vault;

/// <summary>A disk mounted at a folder, which can lose all that lies behind a place: reading there is an input/output error (EIO), as of a worn disk.</summary>
/// <remarks>A file system in an image behind a loop device that reads it directly: where the image ends too early the device has an error, until something is written there.</remarks>
internal sealed class FailingDisk : IAsyncDisposable
{
    private const int Megabytes = 64; // one group of blocks of ext4, so that all of its own tables lie at the beginning
    private const int BlockBytes = 4096;

    private readonly TemporaryFolder folder = new();
    private readonly string at;
    private string device = "";

    private FailingDisk(string at) => this.at = at;

    private string Image => folder["disk.img"];

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? WhyNot() =>
        Environment.UserName != "root" ? "A disk is mounted by root alone; run this test as root."
        : !File.Exists("/dev/loop-control") ? "This kernel has no loop devices."
        : null;

    public static async Task<FailingDisk> Mount(string at)
    {
        var disk = new FailingDisk(at);
        Directory.CreateDirectory(at);
        await using (var image = File.Create(disk.Image))
        {
            image.SetLength(Megabytes << 20);
        }

        await Run("mkfs.ext4", "-q", "-b", $"{BlockBytes}", "-O", "^has_journal", disk.Image);
        disk.device = (await Run("losetup", "--direct-io=on", "--find", "--show", disk.Image)).Trim();
        await Run("mount", disk.device, at);
        return disk;
    }

    /// <summary>Loses the block that holds these bytes, and all behind it. Nothing on it may be open.</summary>
    public async Task LoseFrom(byte[] bytes)
    {
        await Run("umount", at);
        var place = (await File.ReadAllBytesAsync(Image)).AsSpan().IndexOf(bytes);
        await using (var image = File.OpenWrite(Image))
        {
            image.SetLength(place / BlockBytes * BlockBytes);
        }

        await Run("mount", device, at);
    }

    public async ValueTask DisposeAsync()
    {
        await Run("umount", at);
        await Run("losetup", "--detach", device);
        folder.Dispose();
    }

    private static async Task<string> Run(string command, params string[] words) => (await Cli.Wrap(command).WithArguments(words).ExecuteBufferedAsync()).StandardOutput;
}
