using System.Buffers;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Trail;

/// <summary>Signed heads as files: one a site, a line a head (JSON Lines), only added to.</summary>
internal sealed class HeadFiles(string folder) : IHeadKeeper
{
    private readonly Lock gate = new();

    public string PathOf(SiteId site) => Path.Combine(folder, $"{site}.jsonl");

    public Task Keep(TrailHead head) => Task.Run(() =>
    {
        lock (gate)
        {
            if (Read(head.Site) is [.., var last] && last == head)
            {
                return;
            }

            Append(PathOf(head.Site), head);
        }
    });

    /// <summary>All heads that were kept of a site, in order. A last line that a crash cut off was never answered for, and is left out.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">InvalidInput: a line is no head; it says which.</exception>
    public IReadOnlyList<TrailHead> Read(SiteId site)
    {
        var path = PathOf(site);
        if (!File.Exists(path))
        {
            return [];
        }

        var heads = new List<TrailHead>();
        var rest = File.ReadAllBytes(path).AsSpan();
        for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            heads.Add(TrailLines.ReadHead(rest[..end], heads.Count + 1));
            rest = rest[(end + 1)..];
        }

        return heads;
    }

    private void Append(string path, TrailHead head)
    {
        var line = new ArrayBufferWriter<byte>();
        TrailLines.WriteJson(line, head);
        DurableFile.MakeFolder(folder);
        using (var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read))
        {
            File.SetUnixFileMode(file, DurableFile.OwnerOnly);
            RandomAccess.Write(file, line.WrittenSpan, EndOfLines(file));
            RandomAccess.FlushToDisk(file);
        }

        Posix.FlushFolder(folder);
    }

    // Behind the last whole line: what a crash left of the next is written over, and what may stick out behind that is cut off.
    private static long EndOfLines(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> one = stackalloc byte[1];
        var end = length;
        while (end > 0 && RandomAccess.Read(file, one, end - 1) == 1 && one[0] != (byte)'\n')
        {
            end--;
        }

        if (end < length)
        {
            RandomAccess.SetLength(file, end);
        }

        return end;
    }
}
