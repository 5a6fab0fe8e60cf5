using System.Buffers;
using CliWrap;
using CliWrap.Buffered;
using RecordingCluster.GrainInterfaces.Audit;

namespace RecordingCluster.Tests.Audit;

/// <summary>The check as an auditor makes it: the tool, three files, and nothing of the cluster.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly TestTrail trail = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        trail.Dispose();
    }

    [Fact]
    public async Task A_whole_trail_ends_with_0_a_cut_one_with_1_and_the_reason_and_a_file_that_is_none_with_2()
    {
        var chain = TestTrail.Chain(50);
        await Write("trail.jsonl", chain, TrailLines.WriteJson);
        await Write("cut.jsonl", chain[..40], TrailLines.WriteJson);
        await Write("heads.jsonl", [trail.HeadOf(chain[9]), trail.HeadOf(chain[49])], TrailLines.WriteJson);
        await File.WriteAllTextAsync(folder["ca.crt"], trail.Authorities, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["other.txt"], "nothing of the kind\n", TestContext.Current.CancellationToken);

        var whole = await Check("trail.jsonl");
        var cut = await Check("cut.jsonl");
        var other = await Check("other.txt");

        Assert.Equal((0, 1, 2), (whole.ExitCode, cut.ExitCode, other.ExitCode));
        Assert.Contains("Whole: 50 entries, held against 2 head(s).", whole.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("A signed head vouches for all of it.", whole.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("CutTail: The head of 2026-11-23 10:00:00Z names entry 50, which is not there: the trail ends with entry 40.", cut.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Line 1 is not an entry of the trail.", other.StandardError, StringComparison.Ordinal);
    }

    private Task<BufferedCommandResult> Check(string file) => Cli.Wrap("dotnet")
        .WithArguments([ToolProgram.File, "audit", "check", "--trail", folder[file], "--heads", folder["heads.jsonl"], "--authorities", folder["ca.crt"]])
        .WithValidation(CommandResultValidation.None)
        .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    private async Task Write<T>(string file, IEnumerable<T> lines, Action<IBufferWriter<byte>, T> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var line in lines)
        {
            write(bytes, line);
        }

        await File.WriteAllBytesAsync(folder[file], bytes.WrittenMemory, TestContext.Current.CancellationToken);
    }
}
