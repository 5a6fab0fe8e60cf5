using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Keeps demo and service apart by a mark in the storage folder: neither opens the other's recordings or people.</summary>
internal static class DemoFolder
{
    public const string MarkName = "DEMO";

    public static bool HasMark(StorageOptions storage) => File.Exists(MarkIn(storage));

    /// <summary>Whether the folder holds nothing of a cluster yet; other files in it do not count.</summary>
    public static bool IsNew(StorageOptions storage) =>
        !File.Exists(storage.DatabaseFile)
        && !File.Exists(Path.Combine(storage.Keys, "ring"))
        && !PeopleKey.ExistsIn(storage.Keys)
        && !(Directory.Exists(storage.Vault) && Directory.EnumerateFileSystemEntries(storage.Vault).Any());

    /// <summary>Safe to repeat. Comes before anything else is written: what a crash leaves is a demo folder.</summary>
    public static void Mark(StorageOptions storage)
    {
        if (!HasMark(storage))
        {
            DurableFile.MakeFolder(storage.Folder);
            DurableFile.Replace(MarkIn(storage), "This folder belongs to a demo: anybody signs in to it as anybody.\n"u8);
        }
    }

    private static string MarkIn(StorageOptions storage) => Path.Combine(Path.GetFullPath(storage.Folder), MarkName);
}
