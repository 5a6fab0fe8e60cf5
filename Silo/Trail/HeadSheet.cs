using System.Text;
using RecordingCluster.GrainInterfaces.Audit;

namespace RecordingCluster.Silo.Trail;

/// <summary>A head as a sheet of plain text: what it says, its signature, and how to check it.</summary>
internal static class HeadSheet
{
    private const int Width = 64;

    public static string Of(TrailHead head)
    {
        var text = new StringBuilder();
        text.Append("Signed head of the audit trail. Keep it away from the servers.\n\n");
        text.Append("Signed words (five lines, each ended by a line feed):\n\n");
        text.Append(Encoding.UTF8.GetString(head.Words()));
        text.Append("\nSignature (ECDSA P-256 with SHA-256; r and s in base64):\n\n");
        Wrap(text, head.Seal.Signature);
        text.Append("\nCertificate of the silo that signed (X.509, issued by the cluster's CA):\n\n-----BEGIN CERTIFICATE-----\n");
        Wrap(text, head.Seal.Certificate);
        text.Append("-----END CERTIFICATE-----\n\n");
        text.Append("To check a trail against it: export the trail as JSON Lines, and give\n");
        text.Append("    audit check --trail EXPORT --heads HEADS --authorities ca.crt\n");
        text.Append("where HEADS is the file of heads of this site, and ca.crt the CA as it was kept.\n");
        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string line)
    {
        for (var at = 0; at < line.Length; at += Width)
        {
            text.Append(line, at, Math.Min(Width, line.Length - at)).Append('\n');
        }
    }
}
