using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Storage;

/// <summary>A cluster on one machine: all of it in one SQLite file. What a grain clears is gone from the file.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string path;

    /// <summary>Makes the file where it is missing.</summary>
    /// <exception cref="RecordingClusterException">InvalidInput: the path names no file.</exception>
    public SqliteDatabase(string path)
    {
        this.path = path;
        SqliteFile.Prepare(path);
        Source = new SqliteDataSource(path);
    }

    // Orleans chooses its dialect by this name, and loads Microsoft.Data.Sqlite for it. That package's own name is refused.
    public override string Invariant => "System.Data.SQLite";

    public override DbDataSource Source { get; }

    public override SqlDialect Sql { get; } = new SqliteDialect();

    public override string Name => path;

    public override string Remedy => "Check that the path names the cluster's own database and that its folder can be written.";

    public override void Use(DbContextOptionsBuilder tables) => tables.UseSqlite().AddInterceptors(new OfSource(Source));

    // The provider knows connection strings only, and what a connection of ours is set to is not all in one.
    private sealed class OfSource(DbDataSource source) : DbConnectionInterceptor
    {
        public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
            InterceptionResult<DbConnection>.SuppressWithResult(source.CreateConnection());
    }
}
