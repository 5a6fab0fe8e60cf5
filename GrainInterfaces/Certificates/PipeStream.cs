using System.Buffers;
using System.IO.Pipelines;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>A connection's pipes as the stream that TLS works on.</summary>
internal sealed class PipeStream(IDuplexPipe pipes) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await pipes.Input.ReadAsync(cancellationToken);
        if (read.IsCanceled)
        {
            pipes.Input.AdvanceTo(read.Buffer.Start);
            throw new OperationCanceledException("The connection is being closed.");
        }

        var count = (int)Math.Min(read.Buffer.Length, buffer.Length);
        var taken = read.Buffer.Slice(0, count);
        taken.CopyTo(buffer.Span);
        pipes.Input.AdvanceTo(taken.End);
        return count; // 0 only at the end: a read that is neither cancelled nor completed has bytes
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await pipes.Output.WriteAsync(buffer, cancellationToken);

    // TLS writes its alert in this way, when a handshake is refused.
    public override void Write(ReadOnlySpan<byte> buffer) => pipes.Output.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken) => await pipes.Output.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
