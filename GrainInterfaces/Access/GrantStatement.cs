using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>What the secretary puts a signature under: which request, which recording, and the grant itself, word for word.</summary>
/// <param name="Request">The request that is approved.</param>
/// <param name="Recording">The recording that is opened.</param>
/// <param name="Grant">Who may look at what, how often, until when; who decided, and when.</param>
[GenerateSerializer, Immutable, Alias("grant-statement")]
public sealed record GrantStatement(AccessRequestId Request, RecordingId Recording, Grant Grant)
{
    /// <summary>The challenge of the secretary's passkey (WebAuthn, 5.8.1): SHA-256 of <see cref="ToText"/> in UTF-8.</summary>
    public byte[] ToChallenge() => SHA256.HashData(Encoding.UTF8.GetBytes(ToText()));

    /// <summary>The statement as it is signed. Line by line, so that a court can read it; the form never changes, a later one has another first line.</summary>
    public string ToText() => string.Join(
        '\n',
        "recording-cluster grant 1",
        $"request {Request}",
        $"recording {Recording}",
        $"person {Grant.Person}",
        $"from {Text(Grant.Window.From)}",
        $"until {Text(Grant.Window.Until)}",
        $"viewings {Grant.Viewings.ToString(CultureInfo.InvariantCulture)}",
        $"valid until {Text(Grant.ValidUntil)}",
        $"decided by {Grant.By}",
        $"decided at {Text(Grant.At)}",
        "");

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
