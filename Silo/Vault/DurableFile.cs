namespace RecordingCluster.Silo.Vault;

/// <summary>Small files that must be there whole or not at all.</summary>
internal static class DurableFile
{
    // Only the silo's own user may read what the vault writes.
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Ends the name of what is about to take a file's place; a crash may leave it.</summary>
    public const string FreshSuffix = ".new";

    /// <summary>Its name is in place, with all of its bytes, when this returns; a crash leaves the old file or the new one.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var fresh = path + FreshSuffix;
        Write(fresh, bytes);
        File.Move(fresh, path, overwrite: true);
        Posix.FlushFolder(Path.GetDirectoryName(path)!);
    }

    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            UnixCreateMode = OwnerOnly,
        });
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads a file of at most <paramref name="mostBytes"/>; null when it is longer.</summary>
    public static byte[]? Read(string path, int mostBytes)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        if (length > mostBytes)
        {
            return null;
        }

        var bytes = new byte[length];
        var read = RandomAccess.Read(file, bytes, 0);
        return bytes.AsSpan(0, read).ToArray();
    }

    public static void MakeFolder(string folder) => Directory.CreateDirectory(folder, OwnerOnlyFolder);
}
