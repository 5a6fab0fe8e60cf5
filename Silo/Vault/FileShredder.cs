using System.Security.Cryptography;

namespace RecordingCluster.Silo.Vault;

/// <summary>Overwrites a file before it is unlinked. The caller flushes the folder.</summary>
internal static class FileShredder
{
    private const int ChunkBytes = 1 << 20;

    public static void Destroy(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            var length = RandomAccess.GetLength(file);
            var noise = new byte[Math.Min(ChunkBytes, Math.Max(length, 1))];
            RandomNumberGenerator.Fill(noise);
            for (long at = 0; at < length; at += noise.Length)
            {
                RandomAccess.Write(file, noise.AsSpan(0, (int)Math.Min(noise.Length, length - at)), at);
            }

            RandomAccess.FlushToDisk(file);
            RandomAccess.SetLength(file, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Delete(path);
    }
}
