using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Silo.Security;

/// <summary>Refuses who says at the gateway to be the client that lives in the silo itself, through which portal and sweep call.</summary>
/// <remarks>
/// A client names itself in the first bytes that it sends, and Orleans believes it: answers to that name then go to the
/// newest connection that took it, before they go to the silo's own. An answer carries the context of its question, and with
/// it the token of whoever asked at the portal, or of the silo. Other clients' names are random and are told to nobody.
/// </remarks>
internal sealed partial class ClientNames : IDisposable
{
    // Orleans' own limit; behind a length of four bytes.
    private const int LongestPreamble = 1024;

    private readonly ILogger<ClientNames> log;
    private readonly RefusalLog refusals;

    public ClientNames(TimeProvider clock, ILogger<ClientNames> log)
    {
        this.log = log;
        refusals = new RefusalLog(clock, LogRefused);
    }

    // How Orleans begins the name. A text stands in the preamble byte by byte, whichever way the rest is written.
    private static ReadOnlySpan<byte> Own => "hosted-"u8;

    /// <summary>Comes behind TLS, before Orleans.</summary>
    public void Check(IConnectionBuilder connections) => connections.Use(next => async connection =>
    {
        if (!await TakesOwnName(connection.Transport.Input))
        {
            await next(connection);
            return;
        }

        refusals.Add(connection.RemoteEndPoint, "a client that takes the name of the silo's own");
        connection.Abort(new ConnectionAbortedException("Refused: a client that takes the name of the silo's own."));
    });

    public void Dispose() => refusals.Dispose();

    // Nothing is consumed: Orleans reads it all again.
    private static async Task<bool> TakesOwnName(PipeReader input)
    {
        while (true)
        {
            var read = await input.ReadAsync();
            var start = read.Buffer.Start;
            if (LengthOf(read.Buffer) is { } length && (length is < 0 or > LongestPreamble || read.Buffer.Length >= sizeof(int) + length))
            {
                // A length that Orleans does not take is left to it.
                var takes = length is >= 0 and <= LongestPreamble && read.Buffer.Slice(sizeof(int), length).ToArray().AsSpan().IndexOf(Own) >= 0;
                input.AdvanceTo(start);
                return takes;
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                input.AdvanceTo(start);
                return false; // nobody is there any more
            }

            input.AdvanceTo(start, read.Buffer.End);
        }
    }

    private static int? LengthOf(ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length < sizeof(int))
        {
            return null;
        }

        Span<byte> length = stackalloc byte[sizeof(int)];
        bytes.Slice(0, sizeof(int)).CopyTo(length);
        return BinaryPrimitives.ReadInt32LittleEndian(length);
    }

    [LoggerMessage(5013, LogLevel.Error, "{Count} connection(s) at the gateway were refused; the last from {Remote}: {Why}. Its certificate is good and its program is not ours: find out whose it is, and revoke it")]
    private partial void LogRefused(long count, string? remote, string why);
}
