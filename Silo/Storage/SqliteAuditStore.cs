using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Silo.Storage;

/// <summary>The audit table in the embedded database.</summary>
/// <remarks>SQLite works in the calling thread, so these tasks are complete when they are returned; one append takes about a flush of the disk.</remarks>
internal sealed class SqliteAuditStore(SqliteDataSource database) : IAuditStore
{
    // All seven digits, so that a time comes back as it went in and the chain's hashes still fit.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private const string Select =
        "SELECT number, at, actor, deed, subject, origin, result, opening, detail, previous, hash FROM audit_trail WHERE site = @site";

    public Task<AuditRecord?> Last(SiteId site) =>
        Task.FromResult(Query($"{Select} ORDER BY number DESC LIMIT 1", ("@site", site.Value)).FirstOrDefault());

    public Task<bool> TryAppend(SiteId site, AuditRecord record)
    {
        // One statement looks and writes, so no other writer comes in between.
        const string append = """
            INSERT INTO audit_trail
                (site, number, at, actor, deed, subject, origin, result, opening, detail, previous, hash)
            SELECT
                @site, @number, @at, @actor, @deed, @subject, @origin, @result, @opening, @detail, @previous, @hash
            WHERE NOT EXISTS (SELECT 1 FROM audit_trail WHERE site = @site AND number = @number)
            """;

        using var connection = database.OpenConnection();
        var written = connection.Execute(
            append,
            ("@site", site.Value),
            ("@number", record.Number),
            ("@at", record.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)),
            ("@actor", record.Actor),
            ("@deed", record.Deed),
            ("@subject", record.Subject),
            ("@origin", record.Origin),
            ("@result", record.Result.ToString()),
            ("@opening", record.Opening),
            ("@detail", record.Detail),
            ("@previous", record.Previous),
            ("@hash", record.Hash));
        return Task.FromResult(written == 1);
    }

    public Task<ImmutableArray<AuditRecord>> Read(SiteId site, long from, int count) =>
        Task.FromResult(Query(
            $"{Select} AND number >= @from ORDER BY number LIMIT @count", ("@site", site.Value), ("@from", from), ("@count", count)));

    public Task<AuditRecord?> Find(SiteId site, string deed, string subject) =>
        Task.FromResult(Query(
            $"{Select} AND deed = @deed AND subject = @subject ORDER BY number LIMIT 1",
            ("@site", site.Value),
            ("@deed", deed),
            ("@subject", subject)).FirstOrDefault());

    private ImmutableArray<AuditRecord> Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var connection = database.OpenConnection();
        using var command = connection.Command(sql, values);
        using var row = command.ExecuteReader();
        var records = ImmutableArray.CreateBuilder<AuditRecord>();
        while (row.Read())
        {
            records.Add(RecordFrom(row));
        }

        return records.ToImmutable();
    }

    private static AuditRecord RecordFrom(DbDataReader row) => new(
        Number: row.GetInt64(0),
        At: DateTimeOffset.ParseExact(row.GetString(1), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Actor: row.GetString(2),
        Deed: row.GetString(3),
        Subject: row.GetString(4),
        Origin: row.GetString(5),
        Result: Enum.Parse<AuditResult>(row.GetString(6)),
        Opening: row.IsDBNull(7) ? null : row.GetInt64(7),
        Detail: row.GetString(8),
        Previous: row.GetString(9),
        Hash: row.GetString(10));
}
