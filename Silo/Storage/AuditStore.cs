using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Silo.Storage;

/// <summary>The audit table.</summary>
/// <remarks>
/// SQLite works in the calling thread. An append takes about a flush of the disk, so it is done on another: the grain
/// goes on taking entries, and those are the next batch. What only reads takes microseconds there and stays where it is.
/// </remarks>
internal sealed class AuditStore(Database database) : IAuditStore
{
    // All seven digits, so that a time comes back as it went in and the chain's hashes still fit. Sorts as time does.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private const string Select =
        "SELECT number, at, actor, deed, subject, origin, result, opening, detail, trace, previous, hash FROM audit_trail WHERE site = @site";

    // A search looks through all entries, some seconds for millions.
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(30);

    // What is not asked is null, and then its line holds for all. A caller stands there as "subject (Role, Role)", and a subject has
    // no bracket and no comma; the cluster's own entries name no role.
    private const string Asked = """
        AND number < @before
        AND (CAST(@deed AS TEXT) IS NULL OR substr(deed, 1, length(CAST(@deed AS TEXT))) = CAST(@deed AS TEXT))
        AND (CAST(@subject AS TEXT) IS NULL OR substr(subject, 1, length(CAST(@subject AS TEXT))) = CAST(@subject AS TEXT))
        AND (CAST(@result AS TEXT) IS NULL OR result = CAST(@result AS TEXT))
        AND (CAST(@without AS TEXT) IS NULL OR result <> CAST(@without AS TEXT))
        AND (CAST(@since AS TEXT) IS NULL OR (at >= CAST(@since AS TEXT) AND at < CAST(@until AS TEXT)))
        AND (CAST(@role AS TEXT) IS NULL
            OR actor LIKE '%(' || CAST(@role AS TEXT) || '%' OR actor LIKE '%, ' || CAST(@role AS TEXT) || '%'
            OR (CAST(@role AS TEXT) = 'Silo' AND actor = 'silo') OR (CAST(@role AS TEXT) = 'None' AND actor IN ('nobody', 'unknown')))
        """;

    // Where another writer comes between look and write all the same, the key tells, and this one has written nothing.
    private const string Append = """
        INSERT INTO audit_trail
            (site, number, at, actor, deed, subject, origin, result, opening, detail, trace, previous, hash)
        SELECT
            @site, @number, @at, @actor, @deed, @subject, @origin, @result, @opening, @detail, @trace, @previous, @hash
        WHERE NOT EXISTS (SELECT 1 FROM audit_trail WHERE site = @site AND number = @number)
        ON CONFLICT DO NOTHING
        """;

    public async Task<AuditRecord?> Last(SiteId site) => (await Query(null, $"{Select} ORDER BY number DESC LIMIT 1", ("@site", site.Value))).FirstOrDefault();

    public Task<AuditRecord?> LastOf(SiteId site, string deed) =>
        First($"{Select} AND deed = @deed ORDER BY number DESC LIMIT 1", ("@site", site.Value), ("@deed", deed));

    public Task<bool> TryAppend(SiteId site, IReadOnlyList<AuditRecord> records) => Task.Run(async () =>
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.Command(Append, ("@site", site.Value));
        command.Transaction = transaction;
        foreach (var record in records)
        {
            Set(command, record);
            if (await command.ExecuteNonQueryAsync() != 1)
            {
                return false; // and the transaction is undone with it
            }
        }

        await transaction.CommitAsync();
        return true;
    });

    public Task<ImmutableArray<AuditRecord>> Read(SiteId site, long from, int count) =>
        Query(LongestSearch, $"{Select} AND number >= @from ORDER BY number LIMIT @count", ("@site", site.Value), ("@from", from), ("@count", count));

    public Task<ImmutableArray<AuditRecord>> ReadDeed(SiteId site, string deed, TimeRange? written, long from, int count) =>
        Query(
            LongestSearch,
            $"{Select} AND deed = @deed AND number >= @from AND (CAST(@since AS TEXT) IS NULL OR (at >= @since AND at < @until)) ORDER BY number LIMIT @count",
            ("@site", site.Value),
            ("@deed", deed),
            ("@from", from),
            ("@since", written is { } since ? TextOf(since.From) : null),
            ("@until", written is { } until ? TextOf(until.Until) : null),
            ("@count", count));

    public Task<AuditRecord?> Find(SiteId site, string deed, string subject) =>
        First($"{Select} AND deed = @deed AND subject = @subject ORDER BY number LIMIT 1", ("@site", site.Value), ("@deed", deed), ("@subject", subject));

    public Task<ImmutableArray<AuditRecord>> Search(SiteId site, TrailSearch search, long before, int count) =>
        Query(
            LongestSearch,
            $"{Select} {Asked} ORDER BY number DESC LIMIT @count",
            ("@site", site.Value),
            ("@before", before),
            ("@deed", search.Deed),
            ("@subject", search.Subject),
            ("@result", search.Result?.ToString()),
            ("@without", search.WithOpenings || search.Result == AuditResult.Opened ? null : nameof(AuditResult.Opened)),
            ("@role", search.Actor?.ToString()),
            ("@since", search.Written is { } since ? TextOf(since.From) : null),
            ("@until", search.Written is { } until ? TextOf(until.Until) : null),
            ("@count", count));

    private async Task<AuditRecord?> First(string sql, params (string Name, object? Value)[] values) => (await Query(LongestSearch, sql, values)).FirstOrDefault();

    private async Task<ImmutableArray<AuditRecord>> Query(TimeSpan? patience, string sql, params (string Name, object? Value)[] values)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = patience is { } longer ? connection.Command(sql, values).Patiently(longer) : connection.Command(sql, values);
        await using var row = await command.ExecuteReaderAsync();
        var records = ImmutableArray.CreateBuilder<AuditRecord>();
        while (await row.ReadAsync())
        {
            records.Add(RecordFrom(row));
        }

        return records.ToImmutable();
    }

    private static void Set(DbCommand command, AuditRecord record) => command.Set(
        ("@number", record.Number),
        ("@at", TextOf(record.At)),
        ("@actor", record.Actor),
        ("@deed", record.Deed),
        ("@subject", record.Subject),
        ("@origin", record.Origin),
        ("@result", record.Result.ToString()),
        ("@opening", record.Opening),
        ("@detail", record.Detail),
        ("@trace", record.Trace),
        ("@previous", record.Previous),
        ("@hash", record.Hash));

    private static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

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
        Trace: row.GetString(9),
        Previous: row.GetString(10),
        Hash: row.GetString(11));
}
