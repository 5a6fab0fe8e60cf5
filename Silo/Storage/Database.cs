using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Storage;

/// <summary>Where a cluster keeps all that is no media: grain state, reminders, membership, the trail and people.</summary>
/// <remarks>All that touches the database goes through <see cref="Source"/>, so that each connection keeps the same promises.</remarks>
internal abstract class Database : IDisposable, IAsyncDisposable
{
    /// <summary>The word by which Orleans chooses its provider.</summary>
    public abstract string Invariant { get; }

    public abstract DbDataSource Source { get; }

    public abstract SqlDialect Sql { get; }

    /// <summary>How it is called in a message to an operator; nothing secret.</summary>
    public abstract string Name { get; }

    /// <summary>What to look at when it cannot be opened, as a sentence.</summary>
    public abstract string Remedy { get; }

    /// <summary>Whether it is a server of its own, which can be away while this silo is not.</summary>
    public virtual bool IsServer => false;

    public DbConnection OpenConnection() => Source.OpenConnection();

    public async Task<DbConnection> OpenConnectionAsync() => await Source.OpenConnectionAsync();

    /// <summary>Asks a server whether it is there, past all that wait for it otherwise.</summary>
    /// <exception cref="Exception">It did not answer in time.</exception>
    public virtual Task Ask(TimeSpan patience, CancellationToken stop) => Task.CompletedTask;

    /// <summary>It was away: connections from before are not used again.</summary>
    public virtual void Renew()
    {
    }

    /// <summary>Lets Entity Framework work on this database.</summary>
    public abstract void Use(DbContextOptionsBuilder tables);

    /// <summary>Brings it to today's schema. Safe to repeat.</summary>
    /// <returns>The database itself, made whole; when that failed it is disposed of.</returns>
    /// <exception cref="RecordingClusterException">Unavailable: it cannot be opened. Conflict: a newer program wrote it.</exception>
    public Database MadeWhole()
    {
        try
        {
            Schema.Apply(this);
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public virtual void Dispose()
    {
        Source.Dispose();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
