using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Silo.Storage.Sqlite;

/// <summary>The trail in the embedded database.</summary>
internal sealed class SqliteAuditStore(SqliteDataSource database) : IAuditStore
{
    private const string Columns = "SELECT Number, At, Actor, Deed, Subject, Origin, Result, Opening, Detail, Previous, Hash FROM AuditTrail WHERE Site = @site";

    public async Task<AuditRecord?> Last(SiteId site) =>
        (await Query($"{Columns} ORDER BY Number DESC LIMIT 1", site)).FirstOrDefault();

    public async Task<bool> TryAppend(SiteId site, AuditRecord record)
    {
        await using var connection = (SqliteConnection)await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO AuditTrail (Site, Number, At, Actor, Deed, Subject, Origin, Result, Opening, Detail, Previous, Hash)
            VALUES (@site, @number, @at, @actor, @deed, @subject, @origin, @result, @opening, @detail, @previous, @hash)
            ON CONFLICT DO NOTHING
            """;
        command.Parameters.AddWithValue("@site", site.Value);
        command.Parameters.AddWithValue("@number", record.Number);
        command.Parameters.AddWithValue("@at", record.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("@actor", record.Actor);
        command.Parameters.AddWithValue("@deed", record.Deed);
        command.Parameters.AddWithValue("@subject", record.Subject);
        command.Parameters.AddWithValue("@origin", record.Origin);
        command.Parameters.AddWithValue("@result", record.Result.ToString());
        command.Parameters.AddWithValue("@opening", record.Opening ?? (object)DBNull.Value);
        command.Parameters.AddWithValue("@detail", record.Detail);
        command.Parameters.AddWithValue("@previous", record.Previous);
        command.Parameters.AddWithValue("@hash", record.Hash);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    public Task<ImmutableArray<AuditRecord>> Read(SiteId site, long from, int count) =>
        Query($"{Columns} AND Number >= @from ORDER BY Number LIMIT @count", site, ("@from", from), ("@count", count));

    public async Task<AuditRecord?> Find(SiteId site, string deed, string subject) =>
        (await Query($"{Columns} AND Deed = @deed AND Subject = @subject ORDER BY Number LIMIT 1", site, ("@deed", deed), ("@subject", subject))).FirstOrDefault();

    private async Task<ImmutableArray<AuditRecord>> Query(string text, SiteId site, params (string Name, object Value)[] parameters)
    {
        await using var connection = (SqliteConnection)await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        command.Parameters.AddWithValue("@site", site.Value);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var records = ImmutableArray.CreateBuilder<AuditRecord>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            records.Add(new AuditRecord(
                reader.GetInt64(0),
                DateTimeOffset.Parse(reader.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetString(5),
                Enum.Parse<AuditResult>(reader.GetString(6)),
                reader.IsDBNull(7) ? null : reader.GetInt64(7),
                reader.GetString(8),
                reader.GetString(9),
                reader.GetString(10)));
        }

        return records.ToImmutable();
    }
}
