using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Security;

/// <summary>The folder in which the cluster's certificates are made and kept. Only who issues needs the CA's key; serving needs none.</summary>
/// <remarks>
/// <c>ca.crt</c> the CA, or new and old beside each other · <c>ca.crl</c> a list by each · <c>ca.key</c> and <c>ca-old.key</c>
/// their keys · <c>NAME.crt</c>, <c>NAME.key</c> the newest of each holder · <c>issued/SERIAL.crt</c> all that ever was issued,
/// so that it can be revoked. Every file is replaced whole. A file that others rely on comes last.
/// </remarks>
internal sealed class CertificateFolder(string folder, TimeProvider clock)
{
    private const string AuthoritiesName = "ca.crt";
    private const string ListsName = "ca.crl";
    private const string KeyName = "ca.key";
    private const string OldKeyName = "ca-old.key";
    private const string IssuedName = "issued";

    private string Issued => Path.Combine(folder, IssuedName);

    /// <summary>Whether nothing is here at all.</summary>
    public bool IsEmpty => !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any();

    /// <summary>
    /// All that one silo and one booking client need, where there is nothing yet. It appears at once and whole: a crash leaves
    /// nothing here, rather than half a CA.
    /// </summary>
    public void MakeFirst(string siloName, IReadOnlyList<string> siloAddresses, string clientName)
    {
        var fresh = folder.TrimEnd('/') + ".new";
        if (Directory.Exists(fresh))
        {
            Directory.Delete(fresh, recursive: true);
        }

        var making = new CertificateFolder(fresh, clock);
        making.Init();
        making.Issue(new CertificateHolder(siloName, CertificateRole.Silo), siloAddresses);
        making.Issue(new CertificateHolder(clientName, CertificateRole.BookingClient), []);
        File.Delete(Path.Combine(fresh, ".lock"));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder);
        }

        Directory.Move(fresh, folder);
        Posix.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(folder))!);
    }

    /// <summary>Makes the CA and its empty list.</summary>
    public void Init()
    {
        using var alone = TakeTurn();
        if (File.Exists(At(AuthoritiesName)) || File.Exists(At(KeyName)))
        {
            throw Conflict($"{folder} has a CA already, and nothing is overwritten.", "To replace it while the cluster runs: certificates init --next. To begin anew, move the folder away.");
        }

        using var authority = CertificateAuthority.Create(clock.GetUtcNow());
        WriteKey(KeyName, authority.Certificate);
        Write(ListsName, authority.NextList(null, [], default, clock.GetUtcNow()));
        Write(AuthoritiesName, Pem(authority.Certificate));
    }

    /// <summary>Puts a new CA beside the old: both are trusted, and from now on the new one issues.</summary>
    public void InitNext()
    {
        using var alone = TakeTurn();
        var old = Authorities();
        if (old.Count > 1)
        {
            throw Conflict($"{folder} has two CAs already.", "Issue what the old one issued anew, copy it to where it belongs, then: certificates init --retire.");
        }

        OpenAuthority(old[0], KeyName).Dispose(); // without its key nothing of the old CA could be revoked
        using var next = CertificateAuthority.Create(clock.GetUtcNow());
        var lists = File.ReadAllText(At(ListsName)); // a list without its CA in the bundle says nothing, so it may come first
        Write(ListsName, lists + next.NextList(null, [], default, clock.GetUtcNow()));
        DurableFile.Replace(At(OldKeyName), File.ReadAllBytes(At(KeyName)));
        WriteKey(KeyName, next.Certificate);
        Write(AuthoritiesName, Pem(next.Certificate) + Pem(old[0]));
    }

    /// <summary>Ends the trust in the old CA, once every holder has a certificate of the new one.</summary>
    public void RetireOld()
    {
        using var alone = TakeTurn();
        if (Authorities() is not [var current, var old])
        {
            throw Conflict($"{folder} has one CA only, and there is nothing to retire.", "certificates init --next puts a new one beside it.");
        }

        var now = clock.GetUtcNow();
        var live = List().Where(one => one.Role is not null && one.IsLive(now)).ToList();
        var left = live.Select(one => one.Name).Distinct().Except(live.Where(one => one.Authority == Name(current)).Select(one => one.Name)).ToList();
        if (left.Count > 0)
        {
            throw Conflict($"Only the old CA vouches for {string.Join(", ", left)}.", "Issue each anew and copy it to where it belongs; or revoke it, when it is not to come back.");
        }

        Write(AuthoritiesName, Pem(current));
        Write(ListsName, ListOf(current));
        FileShredder.Destroy(At(OldKeyName));
        Posix.FlushFolder(folder);
    }

    /// <summary>Issues a certificate; the one that its holder had before stays good until it ends or is revoked.</summary>
    public X509Certificate2 Issue(CertificateHolder holder, IReadOnlyList<string> addresses)
    {
        using var alone = TakeTurn();
        if (!Names.IsName(holder.Name) || holder.Name is "ca" or "ca-old")
        {
            throw RecordingClusterException.Invalid("--name", "must be 1 to 40 characters out of a-z, 0-9 and -, and not ca: it names a machine or service, never a person.", "An example that is right: room-booking.");
        }

        if (addresses.FirstOrDefault(address => Uri.CheckHostName(address) == UriHostNameType.Unknown) is { } wrong)
        {
            throw RecordingClusterException.Invalid("--address", $"{wrong} is no IP address and no DNS name.", "An example that is right: 10.0.5.2.");
        }

        var now = clock.GetUtcNow();
        using var authority = OpenAuthority(Authorities()[0], KeyName);
        if (authority.Certificate.NotAfter <= now)
        {
            throw Conflict("The CA itself has ended.", "Make another: certificates init --next.");
        }

        var issued = authority.Issue(holder, addresses, now);
        DurableFile.MakeFolder(Issued);
        Write(Path.Combine(IssuedName, $"{issued.SerialNumber}.crt"), Pem(issued)); // first, so that nothing is in use that cannot be revoked
        WriteKey($"{holder.Name}.key", issued);
        Write($"{holder.Name}.crt", Pem(issued));
        return issued;
    }

    /// <summary>Takes back what a holder has; with <see cref="X509RevocationReason.Superseded"/>, all but the newest. Answers what was not revoked before.</summary>
    public IReadOnlyList<string> RevokeName(string name, X509RevocationReason reason)
    {
        using var alone = TakeTurn();
        var theirs = List().Where(one => one.Role is not null && one.Name == name).OrderBy(one => one.From).ThenBy(one => NewestSerial(name) == one.Serial).ToList();
        if (theirs.Count == 0)
        {
            throw NotIssued(name);
        }

        return Revoke((reason == X509RevocationReason.Superseded ? theirs.SkipLast(1) : theirs).Select(one => one.Serial), reason);
    }

    /// <summary>Takes back one certificate.</summary>
    public IReadOnlyList<string> RevokeSerial(string serial, X509RevocationReason reason)
    {
        using var alone = TakeTurn();
        var found = List().FirstOrDefault(one => one.Role is not null && string.Equals(one.Serial, serial, StringComparison.OrdinalIgnoreCase)) ?? throw NotIssued(serial);
        return Revoke([found.Serial], reason);
    }

    /// <summary>CAs first, then what they issued, by name and time.</summary>
    public IReadOnlyList<IssuedCertificate> List()
    {
        var authorities = Authorities().ToDictionary(Name, authority => (Authority: authority, Revoked: ListBy(authority)));
        var issued = Directory.Exists(Issued) ? Directory.EnumerateFiles(Issued, "*.crt").Select(Load) : [];
        return [
            .. authorities.Values.Select(one => Describe(one.Authority, null, revoked: false)),
            .. issued
                .Where(certificate => authorities.ContainsKey(Name(certificate.IssuerName)))
                .Select(certificate => Describe(
                    certificate, CertificateRoles.TryRead(certificate, out var role) ? role : null, authorities[Name(certificate.IssuerName)].Revoked.Has(certificate)))
                .OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.From)];
    }

    private List<string> Revoke(IEnumerable<string> serials, X509RevocationReason reason)
    {
        var fresh = serials.Select(serial => Load(Path.Combine(Issued, $"{serial}.crt"))).ToList();
        var authorities = Authorities();
        var lists = new StringBuilder();
        var taken = new List<string>();
        foreach (var certificate in authorities)
        {
            var theirs = fresh.Where(one => Name(one.IssuerName) == Name(certificate) && !ListBy(certificate).Has(one)).ToList();
            if (theirs.Count == 0)
            {
                lists.Append(ListOf(certificate));
                continue;
            }

            using var authority = OpenAuthority(certificate, certificate == authorities[0] ? KeyName : OldKeyName);
            lists.Append(authority.NextList(ListOf(certificate), theirs.Select(one => one.SerialNumberBytes), reason, clock.GetUtcNow()));
            taken.AddRange(theirs.Select(one => one.SerialNumber));
        }

        if (taken.Count > 0)
        {
            Write(ListsName, lists.ToString());
        }

        return taken;
    }

    private string? NewestSerial(string name) => File.Exists(At($"{name}.crt")) ? Load(At($"{name}.crt")).SerialNumber : null;

    private List<X509Certificate2> Authorities()
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(At(AuthoritiesName));
        }
        catch (Exception fault) when (fault is IOException or CryptographicException)
        {
            throw new RecordingClusterException(ErrorKind.NotFound, $"There is no CA in {folder}. Make one: certificates init. Or name the folder: --folder.", fault);
        }

        return found.Count > 0 ? [.. found] : throw new RecordingClusterException(ErrorKind.NotFound, $"There is no CA in {folder}. Make one: certificates init. Or name the folder: --folder.");
    }

    private CertificateAuthority OpenAuthority(X509Certificate2 certificate, string keyName)
    {
        try
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPem(Pem(certificate), File.ReadAllText(At(keyName))));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new RecordingClusterException(
                ErrorKind.NotFound, $"{At(keyName)} is not here, or is not the key of the CA {Name(certificate)}. Issue and revoke where the CA's key is kept, and copy the outcome here.", fault);
        }
    }

    private RevocationList ListBy(X509Certificate2 authority) => RevocationList.Read(PemBytes(ListOf(authority)));

    // As PEM.
    private string ListOf(X509Certificate2 authority)
    {
        var rest = File.Exists(At(ListsName)) ? File.ReadAllText(At(ListsName)).AsSpan() : [];
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var pem = rest[fields.Location].ToString() + "\n";
            if (RevocationList.Read(PemBytes(pem)).IsBy(authority))
            {
                return pem;
            }

            rest = rest[fields.Location.End..];
        }

        throw new RecordingClusterException(
            ErrorKind.DataLoss, $"{At(ListsName)} has no list by the CA {Name(authority)}. A new one would give back what was revoked: bring the file back from a copy.");
    }

    private static byte[] PemBytes(string pem) => Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);

    private FileStream TakeTurn()
    {
        DurableFile.MakeFolder(folder);
        try
        {
            return new FileStream(At(".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new RecordingClusterException(ErrorKind.Conflict, $"Another command is at work in {folder}. Wait for it, and give this one again.", fault);
        }
    }

    private void Write(string name, string text) => DurableFile.Replace(At(name), Encoding.ASCII.GetBytes(text));

    private void WriteKey(string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        var bytes = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
        DurableFile.Replace(At(name), bytes);
        CryptographicOperations.ZeroMemory(bytes);
    }

    private string At(string name) => Path.Combine(folder, name);

    private static X509Certificate2 Load(string path) => X509CertificateLoader.LoadCertificateFromFile(path);

    private static IssuedCertificate Describe(X509Certificate2 certificate, CertificateRole? role, bool revoked) => new(
        Name(certificate), role, certificate.SerialNumber, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(), revoked, Name(certificate.IssuerName));

    private static string Name(X509Certificate2 certificate) => Name(certificate.SubjectName);

    private static string Name(X500DistinguishedName name) => name.Name["CN=".Length..];

    private static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    private static RecordingClusterException Conflict(string what, string wayOut) => new(ErrorKind.Conflict, $"{what} {wayOut}");

    private RecordingClusterException NotIssued(string which) =>
        new(ErrorKind.NotFound, $"Nothing was issued to or as {which} in {folder}. See what was: certificates list.");
}
