using System.Data.Common;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Grains.Away;

/// <summary>Tells the errors of a database that is away, or full, from all others.</summary>
public static class DatabaseFault
{
    // Of SQLSTATE: connection, resources (a full disk too), intervention of the operator, and errors of the system itself.
    private static readonly string[] Classes = ["08", "53", "57P", "58"];

    public static bool IsIn(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is DatabaseAwayException || (fault is DbException error && IsAway(error)))
            {
                return true;
            }
        }

        return false;
    }

    // Two writers that get in each other's way are transient too, and no absence; they have a state of their own.
    private static bool IsAway(DbException error) =>
        error.SqlState is { } state ? Classes.Any(known => state.StartsWith(known, StringComparison.Ordinal)) : error.IsTransient;
}
