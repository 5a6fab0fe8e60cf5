using RecordingCluster.Silo.Trail;

namespace RecordingCluster.Tests.Audit;

/// <summary>Heads outside the database: only added to, and whole after a crash.</summary>
public sealed class HeadFilesTests : IDisposable
{
    private readonly TestTrail trail = new();
    private readonly TemporaryFolder folder = new();
    private readonly HeadFiles files;

    public HeadFilesTests() => files = new HeadFiles(folder["heads"]);

    public void Dispose()
    {
        folder.Dispose();
        trail.Dispose();
    }

    [Fact]
    public async Task Heads_are_kept_in_order_and_the_last_not_twice()
    {
        var chain = TestTrail.Chain(2);
        var (first, second) = (trail.HeadOf(chain[0]), trail.HeadOf(chain[1]));

        await files.Keep(first);
        await files.Keep(second);
        await files.Keep(second);

        Assert.Equal([first, second], files.Read(TestTrail.Site));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.PathOf(TestTrail.Site)));
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_off_is_written_over_by_the_next()
    {
        var chain = TestTrail.Chain(2);
        var (first, second) = (trail.HeadOf(chain[0]), trail.HeadOf(chain[1]));
        await files.Keep(first);
        await File.AppendAllTextAsync(files.PathOf(TestTrail.Site), "{\"site\":\"town-hall\",\"num", TestContext.Current.CancellationToken);

        var whileTorn = files.Read(TestTrail.Site);
        await files.Keep(second);

        Assert.Equal([first], whileTorn);
        Assert.Equal([first, second], files.Read(TestTrail.Site));
    }
}
