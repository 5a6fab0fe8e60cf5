using CliWrap;

namespace RecordingCluster.Tests.Faults;

/// <summary>A disk of a few megabytes, in memory, mounted at a folder.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? WhyNot() => Environment.UserName != "root" ? "A disk is mounted by root alone; run this test as root." : null;

    public static async Task<SmallDisk> Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        await Cli.Wrap("mount").WithArguments(["-t", "tmpfs", "-o", $"size={megabytes}m,mode=0700", "tmpfs", folder]).ExecuteAsync();
        return new SmallDisk(folder);
    }

    /// <summary>Another program takes all that is left, until disposed.</summary>
    public IDisposable Fill() => new Filler(Path.Combine(folder, "another-program"), Timeout.InfiniteTimeSpan);

    /// <summary>As <see cref="Fill"/>, and all that comes free.</summary>
    public IDisposable KeepFull() => new Filler(Path.Combine(folder, "another-program"), TimeSpan.FromMilliseconds(1));

    public async ValueTask DisposeAsync() => await Cli.Wrap("umount").WithArguments(["--lazy", folder]).ExecuteAsync();

    private sealed class Filler : IDisposable
    {
        private readonly FileStream file;
        private readonly Timer taking;
        private readonly byte[] page = new byte[4096];
        private readonly Lock gate = new();

        public Filler(string path, TimeSpan again)
        {
            file = File.Create(path);
            Take();
            taking = new Timer(_ => Take(), null, again, again);
        }

        public void Dispose()
        {
            taking.Dispose();
            lock (gate)
            {
                file.Dispose();
            }

            File.Delete(file.Name);
        }

        private void Take()
        {
            lock (gate)
            {
                try
                {
                    while (file.CanWrite)
                    {
                        RandomAccess.Write(file.SafeFileHandle, page, RandomAccess.GetLength(file.SafeFileHandle));
                    }
                }
                catch (IOException)
                {
                    // Full.
                }
            }
        }
    }
}
