using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault;

/// <summary>The sentences in which the vault refuses.</summary>
internal static class VaultError
{
    public static RecordingClusterException Damaged(string file, string what) =>
        new(ErrorKind.DataLoss, $"{file}: {what} The file is not what was written; keep it and the disk as they are, and look at the disk's health.");

    public static RecordingClusterException Vanished(string path) =>
        new(ErrorKind.DataLoss, $"{path}: the file is gone, and was being written: somebody moved or deleted it or its folder, or its disk went away. Put it back where it was.");

    public static RecordingClusterException Unreadable(string file, long at, IOException fault) =>
        new(ErrorKind.DataLoss, $"{file}: the disk does not give back what was written at byte {at} ({fault.Message}) Keep the disk as it is, and look at its health.");

    public static RecordingClusterException Gone(RecordingId recording) =>
        new(ErrorKind.NotFound, $"{recording} no longer exists: its term has passed or it was erased. Ask for its certificate.");

    public static RecordingClusterException NoPart(PartId part) =>
        new(ErrorKind.NotFound, $"There is no part {part} in this vault. Ask for the parts of the recording.");

    public static RecordingClusterException Full(long bytes) =>
        new(ErrorKind.Unavailable, $"The vault's disk has no room for {bytes / 1_000_000} MB more, which this talk may take. Make room on it, or record on another; nothing is erased early.");

    public static RecordingClusterException Conflict(PartId part, string what) =>
        new(ErrorKind.Conflict, $"Part {part}: {what} Begin a new part.");
}
