using System.Buffers;
using System.Text;
using CsCheck;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Client.Auditing;

namespace RecordingCluster.Tests.Audit;

/// <summary>A trail that left the cluster as a file is checked by that file alone.</summary>
public sealed class TrailLinesTests : IDisposable
{
    private readonly TestTrail trail = new();

    public void Dispose() => trail.Dispose();

    [Fact]
    public void Any_entry_comes_back_from_its_line_as_it_was() =>
        Gen.Select(Gen.String.Array[6], Gen.Long[1, long.MaxValue], Gen.Long[1, long.MaxValue].Nullable(), Gen.Enum<AuditResult>(), Gen.DateTimeOffset).Sample((texts, number, opening, result, at) =>
        {
            var sound = texts.Select(text => new string([.. text.Where(letter => !char.IsSurrogate(letter))])).ToArray();
            var entry = new AuditRecord(number, at, sound[0], sound[1], sound[2], sound[3], result, opening, sound[4], sound[5], "00", "7f");

            var read = TrailLines.ReadEntry(LineOf(entry), 1);

            Assert.Equal(entry, read);
            Assert.Equal(AuditChain.HashOf(entry), AuditChain.HashOf(read));
        });

    [Fact]
    public async Task A_file_of_several_steps_is_checked_whole_and_tells_how_far_it_is()
    {
        var chain = TestTrail.Chain(40_000);
        using var file = FileOf(chain);
        using var seals = trail.Seals();
        var told = new Progress();

        var report = await TrailFileCheck.Run(file, [trail.HeadOf(chain[^1])], seals, told, TestContext.Current.CancellationToken);

        Assert.True(report.IsWhole);
        Assert.Equal((40_000L, 40_000L), (report.Entries, report.Covered));
        Assert.Equal(file.Length, told.Last);
        Assert.True(told.Count > 1);
    }

    [Fact]
    public async Task A_line_that_is_no_entry_is_named_by_its_place()
    {
        using var file = FileOf(TestTrail.Chain(3));
        file.Seek(0, SeekOrigin.End);
        file.Write("{\"number\":4}\n"u8);
        file.Position = 0;
        using var seals = trail.Seals();

        var refused = await Assert.ThrowsAsync<RecordingClusterException>(() => TrailFileCheck.Run(file, [], seals, null, TestContext.Current.CancellationToken));

        Assert.Equal("Line 4 is not an entry of the trail. Give the file as it was exported, unchanged.", refused.Message);
    }

    [Fact]
    public void A_spreadsheet_gets_text_and_never_a_formula()
    {
        var line = new ArrayBufferWriter<byte>();
        var entry = TestTrail.Chain(1)[0] with { Subject = "=cmd|' /c calc'", Detail = "{\"a\":\"b,c\"}" };

        TrailLines.WriteCsv(line, entry);

        Assert.Equal(
            $"1,2026-11-23T09:00:01.0000000Z,\"official-1 (Official)\",\"booking/start-1\",\"'=cmd|' /c calc'\",\"portal\",Done,,\"{{\"\"a\"\":\"\"b,c\"\"}}\",\"{entry.Trace}\",{entry.Previous},{entry.Hash}\r\n",
            Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private static ReadOnlySpan<byte> LineOf(AuditRecord entry)
    {
        var line = new ArrayBufferWriter<byte>();
        TrailLines.WriteJson(line, entry);
        return line.WrittenSpan;
    }

    private static MemoryStream FileOf(IEnumerable<AuditRecord> entries)
    {
        var file = new MemoryStream();
        foreach (var entry in entries)
        {
            file.Write(LineOf(entry));
        }

        file.Position = 0;
        return file;
    }

    private sealed class Progress : IProgress<long>
    {
        public long Last { get; private set; }

        public int Count { get; private set; }

        public void Report(long value) => (Last, Count) = (value, Count + 1);
    }
}
