using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>Certificates from files, looked at every <see cref="LookEvery"/>: what was issued, replaced or revoked takes effect without a start.</summary>
/// <remarks>
/// A file that is missing or damaged changes nothing: what was read last stays in force and the log says so. At the
/// start there is nothing to stay with, and it is refused. Trust (bundle and lists) and own certificate are read apart,
/// so that a botched renewal of one's own cannot hold up a revocation. Safe to use from several threads.
/// </remarks>
public sealed partial class ClusterCertificates : IClusterCertificates, IDisposable
{
    /// <summary>A revocation is in force after this and the moment it takes to read some kilobytes.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // A list of 10,000 revoked serials is 400 kB.
    private const int MostBytes = 1 << 20;

    private static readonly TimeSpan RemindEvery = TimeSpan.FromDays(1);

    private readonly CertificateFiles files;
    private readonly TimeProvider clock;
    private readonly ILogger<ClusterCertificates> log;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private readonly Watched<TrustedAuthorities> trusted;
    private readonly Watched<SslStreamCertificateContext> own;
    private DateTimeOffset reminded;

    /// <exception cref="RecordingClusterException">InvalidInput: a file is missing or wrong, or the own certificate is not of this cluster.</exception>
    public ClusterCertificates(CertificateFiles files, TimeProvider clock, ILogger<ClusterCertificates> log)
    {
        (this.files, this.clock, this.log) = (files, clock, log);
        trusted = new Watched<TrustedAuthorities>([files.Authorities, files.Revocations], ReadTrusted);
        own = new Watched<SslStreamCertificateContext>([files.Certificate, files.Key], ReadOwn);
        if (!TryCheck(Own, out _, out var fault))
        {
            throw CertificateError.Unusable(files.Certificate, $"is refused ({fault}), so every other would refuse it too.");
        }

        RemindOfEnd();
        timer = clock.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>After each look at the files, whether or not something changed: time passes too.</summary>
    public event Action? Looked;

    public X509Certificate2 Own => own.Value.TargetCertificate;

    internal SslStreamCertificateContext OwnContext => own.Value;

    public bool TryCheck(X509Certificate2 certificate, [NotNullWhen(true)] out CertificateHolder? holder, [NotNullWhen(false)] out string? fault)
    {
        try
        {
            return trusted.Value.TryCheck(certificate, clock.GetUtcNow(), out holder, out fault);
        }
        catch (CryptographicException)
        {
            // Extensions and names are decoded when they are asked for, and may be anything.
            (holder, fault) = (null, "it is malformed");
            return false;
        }
    }

    /// <summary>Looks at the files now.</summary>
    public void Look()
    {
        lock (gate)
        {
            Look(trusted);
            Look(own);
            RemindOfEnd();
        }

        Looked?.Invoke();
    }

    public void Dispose() => timer.Dispose();

    private void Look<T>(Watched<T> watched)
        where T : class
    {
        try
        {
            if (watched.Look())
            {
                LogRead(string.Join(" and ", watched.Files));
            }
        }
        catch (RecordingClusterException fault)
        {
            if (watched.IsNew(fault.Message))
            {
                LogKept(fault.Message, fault);
            }
        }
    }

    private void RemindOfEnd()
    {
        var now = clock.GetUtcNow();
        if (CertificateTerms.EndsSoon(Own, now) && now - reminded >= RemindEvery)
        {
            reminded = now;
            LogEndsSoon(files.Certificate, Own.NotAfter.ToUniversalTime());
        }
    }

    private TrustedAuthorities ReadTrusted(IReadOnlyList<byte[]> bytes)
    {
        var read = Try(files.Authorities, () => TrustedAuthorities.Read(Encoding.ASCII.GetString(bytes[0]), Encoding.ASCII.GetString(bytes[1])));
        return trusted?.Value.WouldGoBack(read) == true
            ? throw CertificateError.Unusable(files.Revocations, "holds an older list than the one before, which would give back what was revoked.")
            : read;
    }

    private SslStreamCertificateContext ReadOwn(IReadOnlyList<byte[]> bytes)
    {
        var key = new char[bytes[1].Length];
        try
        {
            Encoding.ASCII.GetChars(bytes[1], key);
            var certificate = Try(files.Certificate, () => X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(bytes[0]), key));
            return CertificateName.HasKeyOnP256(certificate)
                ? SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true)
                : throw CertificateError.Unusable(files.Certificate, "has a key that is not ECDSA P-256.");
        }
        finally
        {
            Array.Clear(key);
            CryptographicOperations.ZeroMemory(bytes[1]);
        }
    }

    private static T Try<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw CertificateError.Unusable(file, $"or its companion cannot be used: {fault.Message}", fault);
        }
    }

    [LoggerMessage(5001, LogLevel.Information, "Certificates were read anew from {Files}")]
    private partial void LogRead(string files);

    [LoggerMessage(5002, LogLevel.Error, "Certificates stay as they were read last. {Fault}")]
    private partial void LogKept(string fault, Exception cause);

    [LoggerMessage(5003, LogLevel.Warning, "The own certificate {File} ends at {End:u}. Issue another in its place: certificates issue")]
    private partial void LogEndsSoon(string file, DateTime end);

    /// <summary>What some files together mean, read again when a byte of them changes.</summary>
    private sealed class Watched<T>
        where T : class
    {
        private readonly Func<IReadOnlyList<byte[]>, T> read;
        private volatile T value;
        private byte[] digest = [];
        private string? lastFault;

        public Watched(IReadOnlyList<string> files, Func<IReadOnlyList<byte[]>, T> read)
        {
            (Files, this.read, value) = (files, read, null!);
            Look();
        }

        public IReadOnlyList<string> Files { get; }

        public T Value => value;

        // By content, since a copied file may keep its time. They are a few kilobytes.
        public bool Look()
        {
            var bytes = Files.Select(ReadFile).ToList();
            var now = SHA256.HashData([.. bytes.SelectMany(SHA256.HashData)]);
            if (now.AsSpan().SequenceEqual(digest))
            {
                CryptographicOperations.ZeroMemory(bytes[1]);
                lastFault = null;
                return false;
            }

            value = read(bytes);
            (digest, lastFault) = (now, null);
            return true;
        }

        public bool IsNew(string fault)
        {
            var isNew = fault != lastFault;
            lastFault = fault;
            return isNew;
        }

#pragma warning disable RS0030 // The one place where contracts read files: own certificate and trust, for Silo and Client alike.
        private static byte[] ReadFile(string path)
        {
            try
            {
                using var file = File.OpenHandle(path);
                var length = RandomAccess.GetLength(file);
                if (length > MostBytes)
                {
                    throw CertificateError.Unusable(path, "is larger than 1 MiB.");
                }

                var bytes = new byte[length];
                var count = RandomAccess.Read(file, bytes, 0);
                return count == length ? bytes : bytes[..count];
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw CertificateError.Absent(path, fault);
            }
        }
#pragma warning restore RS0030
    }
}
