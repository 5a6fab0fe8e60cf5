using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Away;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Away;

/// <summary>The journal of this silo: what was done with talks while the database was away, until it is entered.</summary>
/// <remarks>
/// A line an entry: its JSON, this silo's signature under that, and the certificate, each in base64. What was answered for is on
/// disk, whatever crashes. A line whose signature does not hold is not entered: the file is put aside, for who looks into it.
/// Nothing personal stands there, and no secret (R19).
/// </remarks>
internal sealed partial class JournalFile : ISiloJournal
{
    private static readonly JsonSerializerOptions Options = StateJson.Configure(new JsonSerializerOptions());

    private readonly string folder;
    private readonly IClusterCertificates certificates;
    private readonly Func<SealCheck> seals;
    private readonly ILogger<JournalFile> log;
    private readonly Lock gate = new();
    private ImmutableArray<JournalEntry> waiting;

    /// <param name="name">The silo's; null where it is alone.</param>
    /// <param name="folder">Its folder, made when something is to be kept.</param>
    /// <param name="certificates">Signs.</param>
    /// <param name="seals">Checks what was signed.</param>
    /// <param name="log">Hears of a line that is not what was written.</param>
    public JournalFile(string? name, string folder, IClusterCertificates certificates, Func<SealCheck> seals, ILogger<JournalFile> log)
    {
        (Name, this.folder, this.certificates, this.seals, this.log) = (name, folder, certificates, seals, log);
        waiting = Open();
    }

    public string? Name { get; }

    /// <summary>What is not entered yet, in the order in which it was done.</summary>
    public ImmutableArray<JournalEntry> Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting;
            }
        }
    }

    /// <summary>Whether a file was put aside, since a line of it is not what was written.</summary>
    public bool IsDamaged => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "damaged-*").Any();

    private string File => Path.Combine(folder, "entries");

    public Task Keep(JournalEntry entry) => Task.Run(() =>
    {
        lock (gate)
        {
            if (waiting.Any(known => known.Id == entry.Id))
            {
                return;
            }

            try
            {
                // There are few, so the whole file is written anew: it is there as it was, or with the entry.
                Write(waiting.Add(entry));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new RecordingClusterException(ErrorKind.Unavailable, "The database does not answer, and the disk does not take what is done meanwhile, so it is not kept. Look at the disk of Storage:Folder.", fault);
            }
        }
    });

    /// <summary>These are entered. Safe to repeat.</summary>
    public void Forget(IReadOnlyCollection<JournalEntryId> entered)
    {
        lock (gate)
        {
            if (waiting.Any(entry => entered.Contains(entry.Id)))
            {
                Write(waiting.RemoveAll(entry => entered.Contains(entry.Id)));
            }
        }
    }

    private void Write(ImmutableArray<JournalEntry> entries)
    {
        DurableFile.MakeFolder(folder);
        DurableFile.Replace(File, Encoding.ASCII.GetBytes(string.Concat(entries.Select(Line))));
        waiting = entries;
    }

    private string Line(JournalEntry entry)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(entry, Options);
        var seal = SiloSeal.Of(text, certificates.Own);
        return $"{Convert.ToBase64String(text)} {seal.Signature} {seal.Certificate}\n";
    }

    private ImmutableArray<JournalEntry> Open()
    {
        if (!System.IO.File.Exists(File))
        {
            return [];
        }

        using var check = seals();
        var lines = System.IO.File.ReadAllLines(File);
        var entries = lines.Select(line => Read(line, check)).OfType<JournalEntry>().ToImmutableArray();
        if (entries.Length < lines.Length)
        {
            var aside = Path.Combine(folder, $"damaged-{Guid.NewGuid():N}");
            System.IO.File.Copy(File, aside);
            LogDamaged(lines.Length - entries.Length, aside);
        }

        return entries;
    }

    private static JournalEntry? Read(string line, SealCheck seals)
    {
        try
        {
            var text = line.Split(' ') is [var first, _, _] ? Convert.FromBase64String(first) : [];
            return JsonSerializer.Deserialize<JournalEntry>(text, Options) is { } entry && seals.FaultOf(new SiloSeal(line.Split(' ')[2], line.Split(' ')[1]), text, entry.At) is null ? entry : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(4044, LogLevel.Critical, "{Lines} line(s) of the journal are not what this silo wrote and are not entered: {File} has them. Keep it, and tell the data protection officer")]
    private partial void LogDamaged(int lines, string file);
}
