using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.Silo.Security;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Storage:Database</c>: the PostgreSQL server that several silos share. Without a host, a file of this silo's own.</summary>
internal sealed class DatabaseOptions
{
    // PostgreSQL cuts longer names off without a word.
    private const int LongestName = 63;

    // Below this the parts of one silo wait for each other; above it a server of the usual size refuses others.
    private const int FewestConnections = 5;
    private const int ManyConnections = 500;

    /// <summary>Its IP address.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 5432;

    /// <summary>The cluster's own database on it.</summary>
    public string Name { get; set; } = "recording_cluster";

    public string User { get; set; } = "recording_cluster";

    /// <summary>A file with the password on one line, readable by the silo's user alone.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Or the name of an environment variable that holds the password.</summary>
    public string? PasswordVariable { get; set; }

    /// <summary>The certificate of the CA that vouches for the server, in PEM.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Connections of this silo at once; who needs one more waits.</summary>
    public int MostConnections { get; set; } = 20;

    public bool IsPostgreSql => Host is not null;

    // A method, or the binder would take a setting of that name, and leave it unused without a word.
    private SecretSource Password() => new(PasswordFile, PasswordVariable);

    public IEnumerable<string> Faults(bool isDemo) => IsPostgreSql ? ServerFaults(isDemo) : FileFaults();

    public Database Open(string file) => (IsPostgreSql ? Reach() : new SqliteDatabase(file)).MadeWhole();

    /// <summary>The server as it is, whether or not it answers.</summary>
    public Database Reach() => new PostgreSqlDatabase(new PostgreSqlAddress(Host!, Port, Name, User, () => Password().Read() ?? "", AuthorityFile, MostConnections));

    private IEnumerable<string> FileFaults()
    {
        if ((PasswordFile ?? PasswordVariable ?? AuthorityFile) is not null)
        {
            yield return "Storage:Database names no Host, and without one everything is kept in a file of this silo's own. Set Storage:Database:Host, for example to 10.0.5.4, or leave the section out.";
        }
    }

    private IEnumerable<string> ServerFaults(bool isDemo)
    {
        var address = IPAddress.TryParse(Host, out var parsed) && parsed.ToString() == Host ? parsed : null;
        if (address is null || !Apart.Holds(address))
        {
            yield return $"Storage:Database:Host is {Host}, which is no loopback or private address; no connection leaves this network, and no name is looked up (R20). An example that is right: 10.0.5.4.";
        }

        if (Port is < 1 or > ushort.MaxValue)
        {
            yield return "Storage:Database:Port must be 1 to 65535. An example that is right: 5432.";
        }

        foreach (var (setting, name) in new[] { (nameof(Name), Name), (nameof(User), User) })
        {
            if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            {
                yield return $"Storage:Database:{setting} must be 1 to {LongestName} characters. An example that is right: recording_cluster.";
            }
        }

        if (!Password().IsNamed)
        {
            yield return "Storage:Database names no password. Set Storage:Database:PasswordFile to a file with the password on one line and mode 0600, or PasswordVariable to the name of an environment variable.";
        }

        foreach (var fault in Password().Faults("Storage:Database", nameof(Password), "a password", line => line.Length > 0))
        {
            yield return fault;
        }

        if (AuthorityFile is null && !(isDemo && address is not null && IPAddress.IsLoopback(address)))
        {
            yield return "Storage:Database:AuthorityFile is missing, and without it the connection would have no TLS, which is for a demo on this machine only. Set it to the certificate, in PEM, of the CA that vouches for the database server.";
        }
        else if (AuthorityFile is not null && !HoldsCertificate(AuthorityFile))
        {
            yield return $"Storage:Database:AuthorityFile names {AuthorityFile}, which holds no certificate in PEM. Set it to that of the CA that vouches for the database server.";
        }

        if (MostConnections is < FewestConnections or > ManyConnections)
        {
            yield return $"Storage:Database:MostConnections must be {FewestConnections} to {ManyConnections}. An example that is right: 20.";
        }
    }

    private static bool HoldsCertificate(string file)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            return found.Count > 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }
    }
}
