using System.Data.Common;
using System.Globalization;

namespace RecordingCluster.Tests.Storage;

/// <summary>Rows as the tools of both databases print them.</summary>
internal static class Rows
{
    public static string Text(DbDataReader rows)
    {
        var lines = new List<string>();
        while (rows.Read())
        {
            lines.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => Convert.ToString(rows.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return string.Join('\n', lines);
    }
}
