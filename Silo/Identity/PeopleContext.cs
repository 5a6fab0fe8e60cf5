using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Silo.Identity;

/// <summary>The tables of people. They are made by the schema of the storage, never by this model.</summary>
internal sealed class PeopleContext(DbContextOptions<PeopleContext> options) : DbContext(options)
{
    /// <summary>The tables in a database, for one request or one command.</summary>
    public static PeopleContext On(Database database)
    {
        var options = new DbContextOptionsBuilder<PeopleContext>();
        database.Use(options);
        return new PeopleContext(options.Options);
    }

    public DbSet<Person> People => Set<Person>();

    public DbSet<Proposal> Proposals => Set<Proposal>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<TimeText>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Person>(person =>
        {
            person.ToTable("people");
            person.HasKey(row => row.Subject);
            person.Property(row => row.Subject).HasColumnName("subject");
            person.Property(row => row.Label).HasColumnName("label");
            person.Property(row => row.Roles).HasColumnName("roles");
            person.Property(row => row.Active).HasColumnName("active").HasConversion<int>();
            person.Property(row => row.Stamp).HasColumnName("stamp");
            person.Property(row => row.Revision).HasColumnName("revision").IsConcurrencyToken();
            person.Property(row => row.MadeAt).HasColumnName("made_at");
            person.Property(row => row.Seal).HasColumnName("seal");
            person.Ignore(row => row.Facts);
            person.OwnsOne(row => row.Link, link =>
            {
                link.Property(row => row.Digest).HasColumnName("link_digest");
                link.Property(row => row.CodeDigest).HasColumnName("link_code_digest");
                link.Property(row => row.ExpiresAt).HasColumnName("link_expires_at");
            });
            person.HasMany(row => row.Passkeys).WithOne().HasForeignKey(row => row.Subject);
            person.Navigation(row => row.Passkeys).AutoInclude();
        });
        modelBuilder.Entity<Passkey>(passkey =>
        {
            passkey.ToTable("people_passkeys");
            passkey.HasKey(row => row.CredentialId);
            passkey.Property(row => row.CredentialId).HasColumnName("credential_id");
            passkey.Property(row => row.Subject).HasColumnName("subject");
            passkey.Property(row => row.Label).HasColumnName("label");
            passkey.Property(row => row.PublicKey).HasColumnName("public_key");
            passkey.Property(row => row.SignCount).HasColumnName("sign_count");
            passkey.Property(row => row.Transports).HasColumnName("transports");
            passkey.Property(row => row.IsBackupEligible).HasColumnName("backup_eligible").HasConversion<int>();
            passkey.Property(row => row.IsBackedUp).HasColumnName("backed_up").HasConversion<int>();
            passkey.Property(row => row.AddedAt).HasColumnName("added_at");
            passkey.Ignore(row => row.Id);
        });
        modelBuilder.Entity<Proposal>(proposal =>
        {
            proposal.ToTable("people_proposals");
            proposal.HasKey(row => row.Id);
            proposal.Property(row => row.Id).HasColumnName("id");
            proposal.Property(row => row.By).HasColumnName("proposed_by");
            proposal.Property(row => row.Change).HasColumnName("change").HasConversion(ChangeText);
            proposal.Property(row => row.ExpiresAt).HasColumnName("expires_at");
            proposal.Property(row => row.CodeDigest).HasColumnName("code_digest");
            proposal.Property(row => row.Phase).HasColumnName("phase").HasConversion(PhaseText);
            proposal.Property(row => row.Seal).HasColumnName("seal").IsConcurrencyToken();
            proposal.Ignore(row => row.Facts);
        });
    }

    private static ValueConverter<PeopleChange, string> ChangeText => new(value => Write(value), text => Read<PeopleChange>(text) ?? new PeopleChange.NewPerson("", Roles.None));

    private static ValueConverter<ProposalPhase, string> PhaseText => new(value => Write(value), text => Read<ProposalPhase>(text) ?? new ProposalPhase.Open());

    private static string Write<T>(T value) => JsonSerializer.Serialize(value);

    // What a stranger wrote there need not be ours. It must not break the page that lists the others: its seal tells.
    private static T? Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static DateTimeOffset ReadTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;

    // All seven digits, so that a time comes back as it was sealed, on every database.
    private sealed class TimeText() : ValueConverter<DateTimeOffset, string>(
        time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), text => ReadTime(text));
}
