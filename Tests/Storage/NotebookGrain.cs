using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace RecordingCluster.Tests.Storage;

/// <summary>A grain that keeps pages and a reminder, to see what storage makes of both.</summary>
[Alias("test.notebook")]
internal interface INotebookGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> Add(string word);

    [Alias("pages")]
    Task<ImmutableArray<Page>> Pages();

    [Alias("erase")]
    Task Erase();

    [Alias("remind")]
    Task Remind(TimeSpan due);

    [Alias("reminded")]
    Task<bool> IsToBeReminded();
}

internal sealed class NotebookGrain([PersistentState("notebook")] IPersistentState<Notebook> stored, TickSignal ticks)
    : Grain, INotebookGrain, IRemindable
{
    private const string Name = "expiry";

    public async Task<int> Add(string word)
    {
        stored.State = stored.State with { Pages = stored.State.Pages.Add(new Page.Written(word, 1)) };
        await stored.WriteStateAsync();
        return stored.State.Pages.Length;
    }

    public Task<ImmutableArray<Page>> Pages() => Task.FromResult(stored.State.Pages);

    public Task Erase() => stored.ClearStateAsync();

    public Task Remind(TimeSpan due) => this.RegisterOrUpdateReminder(Name, due, TimeSpan.FromHours(1));

    public async Task<bool> IsToBeReminded() => await this.GetReminder(Name) is not null;

    public async Task ReceiveReminder(string reminderName, TickStatus status) => await ticks.Ticked.Writer.WriteAsync(this.GetPrimaryKeyString());
}

/// <summary>Tells a test which grain was reminded.</summary>
internal sealed class TickSignal
{
    public Channel<string> Ticked { get; } = Channel.CreateUnbounded<string>();
}

[GenerateSerializer, Immutable, Alias("test.notebook-state")]
internal sealed record Notebook
{
    [Id(0)]
    public ImmutableArray<Page> Pages { get; init; } = [];
}

/// <summary>A closed family, as the grains' states have them.</summary>
[GenerateSerializer, Immutable, Alias("test.page")]
[JsonDerivedType(typeof(Blank), "blank"), JsonDerivedType(typeof(Written), "written")]
internal abstract record Page
{
    private Page()
    {
    }

    [GenerateSerializer, Immutable, Alias("test.page.blank")]
    internal sealed record Blank : Page;

    [GenerateSerializer, Immutable, Alias("test.page.written")]
    internal sealed record Written(string Word, int Copies) : Page;
}
