using System.Globalization;
using System.Text;
using Orleans.Storage;

namespace RecordingCluster.Tests.Storage;

public sealed class GrainStateTests : IAsyncLifetime
{
    private readonly StorageFolder folder = new();
    private TestSilo silo = null!;

    public async ValueTask InitializeAsync() => silo = await TestSilo.Start(folder.Database);

    public async ValueTask DisposeAsync()
    {
        await silo.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("notebook/a-word")]
    [InlineData("notebook/6f9619ff8b86d011b42d00cf4fc964ff")]
    [InlineData("notebook/6f9619ff8b86d011b42d00cf4fc964ff+more")]
    [InlineData("notebook/1f")]
    [InlineData("notebook/1f+more")]
    public async Task A_state_is_read_as_it_was_written_whatever_the_key_looks_like(string grain)
    {
        var written = Fresh("kept");
        await Storage.WriteStateAsync("state", Id(grain), written);

        var read = new GrainState<Notebook>();
        await Storage.ReadStateAsync("state", Id(grain), read);

        Assert.Equal(written.State!.Pages, read.State!.Pages);
        Assert.Equal(("1", true), (read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task Keys_that_differ_in_their_extension_only_have_states_of_their_own()
    {
        var (one, two) = (Id("notebook/1f+one"), Id("notebook/1f+two"));
        await Storage.WriteStateAsync("state", one, Fresh("one"));
        await Storage.WriteStateAsync("state", two, Fresh("two"));

        var read = new GrainState<Notebook>();
        await Storage.ReadStateAsync("state", one, read);

        Assert.Equal([new Page.Written("one", 1)], read.State!.Pages);
    }

    [Fact]
    public async Task A_write_with_an_etag_that_is_stale_is_a_conflict_and_changes_nothing()
    {
        var first = Fresh("first");
        await Storage.WriteStateAsync("state", Grain, first);
        var stale = Fresh("stale");
        stale.ETag = first.ETag;
        await Storage.WriteStateAsync("state", Grain, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("state", Grain, stale));

        Assert.Equal("""2|{"pages":[{"is":"written","word":"first","copies":1}]}""", Rows());
    }

    [Fact]
    public async Task A_second_first_write_is_a_conflict_and_changes_nothing()
    {
        await Storage.WriteStateAsync("state", Grain, Fresh("first"));

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("state", Grain, Fresh("second")));

        Assert.Equal("""1|{"pages":[{"is":"written","word":"first","copies":1}]}""", Rows());
    }

    [Fact]
    public async Task A_write_does_not_bring_back_what_was_erased_meanwhile()
    {
        var state = Fresh("erased");
        await Storage.WriteStateAsync("state", Grain, state);
        var late = Fresh("late");
        late.ETag = state.ETag;
        await Storage.ClearStateAsync("state", Grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("state", Grain, late));

        Assert.Equal("", Rows());
    }

    [Fact]
    public async Task Clearing_with_a_stale_etag_is_a_conflict_and_erases_nothing()
    {
        var state = Fresh("kept");
        await Storage.WriteStateAsync("state", Grain, state);
        var stale = Fresh("stale");
        (stale.ETag, stale.RecordExists) = (state.ETag, true);
        await Storage.WriteStateAsync("state", Grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("state", Grain, stale));

        Assert.Equal("""2|{"pages":[{"is":"written","word":"kept","copies":1}]}""", Rows());
    }

    [Fact]
    public async Task A_grain_that_cleared_its_state_has_no_row_and_may_write_again()
    {
        var notebook = silo.Grains.GetGrain<INotebookGrain>("a");
        await notebook.Add("first");

        await notebook.Erase();
        var rowsAfterErasure = Rows();
        var pages = await notebook.Add("second");

        Assert.Equal("", rowsAfterErasure);
        Assert.Equal(1, pages);
        Assert.Equal("""1|{"pages":[{"is":"written","word":"second","copies":1}]}""", Rows());
    }

    [Fact]
    public async Task What_was_erased_leaves_no_bytes_in_the_folder_once_the_silo_has_stopped()
    {
        Assert.SkipWhen(TestDatabase.IsPostgreSql, "PostgreSQL lets go of an erased row's bytes in its own time (SECURITY.md).");
        const string secret = "a-word-that-occurs-nowhere-else";
        var notebook = silo.Grains.GetGrain<INotebookGrain>("a");
        await notebook.Add(secret);

        await notebook.Erase();
        await silo.DisposeAsync();
        var left = Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0)
            .ToList();
        silo = await TestSilo.Start(folder.Database);

        Assert.Equal([], left);
    }

    [Fact]
    public async Task State_outlives_the_silo()
    {
        await silo.Grains.GetGrain<INotebookGrain>("a").Add("kept");

        await silo.DisposeAsync();
        silo = await TestSilo.Start(folder.Database);

        Assert.Equal([new Page.Written("kept", 1)], await silo.Grains.GetGrain<INotebookGrain>("a").Pages());
    }

    // Orleans may read a row that another kind of client has emptied without deleting it.
    [Fact]
    public async Task The_query_that_empties_a_row_keeps_it_under_a_new_version()
    {
        await Storage.WriteStateAsync("state", Grain, Fresh("emptied"));
        using var database = folder.Open();
        using var connection = database.OpenConnection();
        var query = folder.Look("SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'ClearStorageKey'");

        var version = RecordingCluster.Silo.Storage.SqlExtensions.Number(
            connection,
            query,
            ("@ServiceId", TestSilo.ServiceId),
            ("@GrainTypeString", "state"),
            ("@GrainIdN0", 0),
            ("@GrainIdN1", 0),
            ("@GrainIdExtensionString", "a-notebook"),
            ("@GrainStateVersion", 1));

        Assert.Equal(2, version);
        Assert.Equal("2|", Rows());
    }

    private static GrainId Grain => Id("notebook/a-notebook");

    private static GrainId Id(string text) => GrainId.Parse(text, CultureInfo.InvariantCulture);

    private IGrainStorage Storage => silo.Service<IGrainStorage>();

    private static GrainState<Notebook> Fresh(string word) => new(new Notebook { Pages = [new Page.Written(word, 1)] });

    private string Rows() => folder.Look($"SELECT Version, {folder.Database.Text("PayloadBinary")} FROM OrleansStorage");
}
