using System.Data.Common;

namespace RecordingCluster.Silo.Storage;

/// <summary>What the databases say differently. Everything else is written once, in SQL that each of them understands.</summary>
internal abstract class SqlDialect
{
    /// <summary>The type of a whole number of 64 bits.</summary>
    public abstract string Long { get; }

    public abstract string Bytes { get; }

    /// <summary>The type of Orleans' own times.</summary>
    public abstract string Time { get; }

    public abstract string Guid { get; }

    /// <summary>What ends the definition of a table.</summary>
    public abstract string TableEnd { get; }

    /// <summary>The function that makes a JSON object of names and values in turn.</summary>
    public abstract string JsonObject { get; }

    /// <summary>The function that makes a JSON array.</summary>
    public abstract string JsonArray { get; }

    /// <summary>What keeps the trail from being changed.</summary>
    public abstract string AuditGuards { get; }

    /// <summary>What counts the membership table's version up where <see cref="InsertMember"/> and <see cref="UpdateMember"/> do not.</summary>
    public abstract string MembershipCount { get; }

    /// <summary>Writes grain state: who read no row may insert the first version, who read one may replace that version only.</summary>
    /// <remarks>
    /// No row in the answer means that another activation came first. A grain that was erased meanwhile is not brought
    /// back: without a row there is nothing that an etag could match.
    /// </remarks>
    public abstract string WriteState { get; }

    /// <summary>Puts a silo into the membership table, for who knows its newest version only, and counts that up.</summary>
    public abstract string InsertMember { get; }

    /// <summary>Changes a silo in the membership table, for who knows its newest version only, and counts that up.</summary>
    public abstract string UpdateMember { get; }

    /// <summary>Lets a transaction about people write alone; null where any transaction does.</summary>
    public abstract string? LockPeople { get; }

    /// <summary>A statement that answers with one row, which says whether it wrote anything, as Orleans wants it.</summary>
    public abstract string WasWritten(string statement);

    /// <summary>Takes a value for the JSON that it is, where it stands among those of an object.</summary>
    public abstract string Json(string value);

    /// <summary>The JSON in a column of bytes.</summary>
    public abstract string JsonOf(string bytes);

    /// <summary>JSON as bytes.</summary>
    public abstract string BytesOf(string json);

    /// <summary>A text up to where another begins in it; all of it where it does not.</summary>
    public abstract string Before(string text, string mark);

    /// <summary>Goes before the transaction that makes the schema.</summary>
    public abstract void Prepare(DbConnection connection);

    /// <summary>Waits until no other program makes the schema, for as long as the transaction lasts.</summary>
    public abstract string? LockSchema { get; }

    /// <summary>How many steps were made; 0 in a new database.</summary>
    public abstract long ReadVersion(DbConnection connection);

    /// <summary>Keeps how many steps were made.</summary>
    public abstract string WriteVersion(int version);
}
