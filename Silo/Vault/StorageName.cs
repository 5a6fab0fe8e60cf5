namespace RecordingCluster.Silo.Vault;

/// <summary>What a certificate says of where the files were.</summary>
internal static class StorageName
{
    /// <summary>Machine, file system and mount of a folder.</summary>
    public static string Of(string folder)
    {
        var full = Path.GetFullPath(folder);
        var drive = DriveInfo.GetDrives()
            .Where(candidate => full.StartsWith(candidate.Name, StringComparison.Ordinal))
            .MaxBy(candidate => candidate.Name.Length);
        return drive is null ? Environment.MachineName : $"{Environment.MachineName}, {drive.DriveFormat} at {drive.Name}";
    }
}
