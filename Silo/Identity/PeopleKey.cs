using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Identity;

/// <summary>The key that seals people's rows, in the key folder, where the owner of the database cannot reach it.</summary>
/// <remarks>
/// Its file <c>people</c> is made at the first start and is the mark that there was one: whoever deletes every person
/// from the database gets no second first start by it. Beside it stands, for each of the roles that may never be vacant,
/// an empty file once somebody has enrolled in it.
/// </remarks>
internal sealed class PeopleKey : IDisposable
{
    private readonly string folder;
    private readonly SecretKey key;

    private PeopleKey(string folder, SecretKey key, bool isNew)
    {
        this.folder = folder;
        this.key = key;
        IsNew = isNew;
    }

    /// <summary>Whether this is the first start on this folder.</summary>
    public bool IsNew { get; }

    /// <summary>Opens the key, or makes it. When two silos start at once, one of them makes it and both have the same.</summary>
    /// <exception cref="RecordingClusterException">DataLoss: the file is there and is no key.</exception>
    public static PeopleKey OpenOrMake(string folder)
    {
        DurableFile.MakeFolder(folder);
        return File.Exists(PathIn(folder)) ? new PeopleKey(folder, Read(folder), isNew: false) : Make(folder);
    }

    public static bool ExistsIn(string folder) => File.Exists(PathIn(folder));

    public byte[] Hmac(ReadOnlySpan<byte> content) => HMACSHA256.HashData(key.Bytes, content);

    public bool HasEnrolled(Roles role) => File.Exists(EnrolledPath(role));

    /// <summary>Keeps, for good, that somebody enrolled in the role. Safe to repeat.</summary>
    public void KeepEnrolled(Roles role)
    {
        if (!HasEnrolled(role))
        {
            DurableFile.Replace(EnrolledPath(role), []);
        }
    }

    /// <summary>Takes back the making of the key, when the start is refused: else the next start would find it and go on.</summary>
    public void Forget() => FileShredder.Destroy(PathIn(folder));

    public void Dispose() => key.Dispose();

    private static PeopleKey Make(string folder)
    {
        var key = SecretKey.NewRandom();
        var fresh = $"{PathIn(folder)}-{Guid.NewGuid():N}.new";
        DurableFile.Write(fresh, key.Bytes);
        if (!Posix.TryLink(fresh, PathIn(folder)))
        {
            // Another silo came first.
            FileShredder.Destroy(fresh);
            key.Dispose();
            return new PeopleKey(folder, Read(folder), isNew: false);
        }

        File.Delete(fresh); // the name alone: what it names is the key now
        Posix.FlushFolder(folder);
        return new PeopleKey(folder, key, isNew: true);
    }

    private static SecretKey Read(string folder)
    {
        if (DurableFile.Read(PathIn(folder), SecretKey.SizeInBytes) is not { Length: SecretKey.SizeInBytes } bytes)
        {
            throw new RecordingClusterException(
                ErrorKind.DataLoss,
                $"{PathIn(folder)} is not the key that seals people: it must hold {SecretKey.SizeInBytes} bytes. Put back the file that was there; without it nobody can sign in.");
        }

        var key = SecretKey.CopyOf(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    private static string PathIn(string folder) => Path.Combine(folder, "people");

    private string EnrolledPath(Roles role) => Path.Combine(folder, $"people-enrolled-{(int)role}");
}
