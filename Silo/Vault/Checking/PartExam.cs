using Microsoft.Win32.SafeHandles;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault.Checking;

/// <summary>Looks at one part's file, and changes and keeps nothing of it.</summary>
internal static class PartExam
{
    /// <returns>Null when it was erased meanwhile.</returns>
    public static SeenPart? Of(string file, PartId part, SecretKey? key, bool payloads)
    {
        DateTimeOffset? expiresAt = null;
        var hasKey = key is not null;
        try
        {
            var header = FileVault.ReadHeader(file);
            expiresAt = header.Opening.ExpiresAt;
            if (header.Opening.Part != part)
            {
                return new SeenPart(part, expiresAt, hasKey, null, null, $"is the file of {header.Opening.Part} by its header");
            }

            if (key is null)
            {
                return new SeenPart(part, expiresAt, hasKey, null, null, null);
            }

            using var cipher = new PartCipher(key, header);
            using var handle = PartFile.Open(file);
            var index = PartIndex.Read(handle, header, cipher, Path.GetFileName(file));
            return new SeenPart(part, expiresAt, hasKey, index.Fragments.Count, index.State, FaultOf(handle, index, cipher, Path.GetFileName(file), payloads), header.Opening.CopyOf is not null);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (RecordingClusterException fault)
        {
            return new SeenPart(part, expiresAt, hasKey, null, null, fault.Message);
        }
    }

    private static string? FaultOf(SafeFileHandle file, PartIndex index, PartCipher cipher, string name, bool payloads)
    {
        // What an open part has behind its last sound record is being written, or a torn tail that the next start drops.
        var entries = index.Fragments.Prepend(index.Init).OfType<FragmentEntry>();
        var wrong = (payloads ? entries : entries.TakeLast(1)).FirstOrDefault(entry => !TornTail.PayloadOpens(file, entry, index, cipher, name));
        return wrong is null || index.State == PartState.Open ? null : $"record {wrong.Number} does not open";
    }
}
