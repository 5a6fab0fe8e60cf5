using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Storage;

/// <summary>Makes the database file for the silo's own account only, before SQLite would make one that all can read.</summary>
internal static class SqliteFile
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite; // 0600
    private const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;     // 0700

    /// <summary>Creates the file where it is missing, and tightens its mode where it is not. SQLite gives its log files the same mode.</summary>
    public static void Prepare(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || Directory.Exists(path))
        {
            throw RecordingClusterException.Invalid("storage path", $"must name a file, and \"{path}\" does not.", "An example that is right: data/cluster.db.");
        }

        var file = new FileInfo(path);
        if (OperatingSystem.IsWindows())
        {
            // Windows has no modes; files there take the rights of the folder that the operator chose.
            file.Directory!.Create();
            file.Open(FileMode.OpenOrCreate).Dispose();
            return;
        }

        // A folder that is there already belongs to the operator, and so does its mode.
        Directory.CreateDirectory(file.DirectoryName!, OwnerOnlyFolder);
        file.Open(new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerOnlyFile }).Dispose();
        File.SetUnixFileMode(file.FullName, OwnerOnlyFile);
    }
}
