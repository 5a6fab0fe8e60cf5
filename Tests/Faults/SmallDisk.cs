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
    public IDisposable Fill() => new Filler(Path.Combine(folder, "another-program"));

    public async ValueTask DisposeAsync() => await Cli.Wrap("umount").WithArguments(["--lazy", folder]).ExecuteAsync();

    private sealed class Filler : IDisposable
    {
        private readonly string file;

        public Filler(string file)
        {
            this.file = file;
            using var stream = File.Create(file);
            var page = new byte[4096];
            try
            {
                while (true)
                {
                    stream.Write(page);
                    stream.Flush();
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Dispose() => File.Delete(file);
    }
}
