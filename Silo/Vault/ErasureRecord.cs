using System.Text.Json;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault;

/// <summary>What is being erased, on disk before anything is destroyed, so that a crash in between can go on and still certify. No secret.</summary>
/// <param name="Erasure">The facts; the outcome is filled in when <paramref name="IsDone"/>.</param>
/// <param name="IsDone">All steps were taken and checked.</param>
internal sealed record ErasureRecord(Erasure Erasure, bool IsDone)
{
    public const string Extension = ".erasure";

    // A hundred parts of 300 bytes; many times that.
    private const int MostBytes = 4 << 20;

    /// <summary>Its bytes are on disk when this returns; its name is when the caller has flushed the folder.</summary>
    public void Write(string path)
    {
        var fresh = path + DurableFile.FreshSuffix;
        DurableFile.Write(fresh, JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(fresh, path, overwrite: true);
    }

    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">DataLoss: it is not what was written.</exception>
    public static ErasureRecord Read(string path)
    {
        try
        {
            var bytes = DurableFile.Read(path, MostBytes);
            if (bytes is not null && JsonSerializer.Deserialize<ErasureRecord>(bytes) is { Erasure.Parts.IsDefault: false } record)
            {
                return record;
            }
        }
        catch (JsonException)
        {
            // Named below, with the file.
        }

        throw VaultError.Damaged(Path.GetFileName(path), "it is no record of an erasure.");
    }
}
