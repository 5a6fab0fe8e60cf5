using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Grains.Recordings;

/// <summary>The vaults of all silos as one: this silo's own, and each other by its grain.</summary>
/// <remarks>
/// A silo that goes away in between is as one that is away. What it had is asked for again when it is back, and until then
/// nobody says that the recording is gone.
/// </remarks>
internal sealed partial class Vaults(ISiloVault own, IGrainFactory grains, ISiloPlaces places, ILogger<Vaults> log) : IVault
{
    public async Task<ImmutableArray<Part>> Parts(RecordingId recording, ImmutableArray<Part> known)
    {
        var (answers, away) = await AskOthers(recording, vault => vault.Parts(recording));
        return [.. (await own.Parts(recording)).Concat(answers.SelectMany(parts => parts)).Concat(known.Where(part => away(part))).OrderBy(part => part.Id)];
    }

    public async Task<Erasure?> Erase(RecordingId recording, ImmutableArray<Part> known)
    {
        var (answers, away) = await AskOthers(recording, vault => vault.Erase(recording));
        var erasures = answers.Prepend(await own.Erase(recording)).OfType<Erasure>().ToList();
        return known.FirstOrDefault(away) is { } part
            ? throw new RecordingClusterException(ErrorKind.Unavailable, $"The silo {part.Vault}, whose vault holds part {part.Id}, is away. It is tried again; start that silo.")
            : erasures is [var first, .. var rest] ? rest.Aggregate(first, Together) : null;
    }

    public async Task Forget(RecordingId recording)
    {
        await own.Forget(recording);
        await AskOthers(recording, async vault =>
        {
            await vault.Forget(recording);
            return true;
        });
    }

    // What the others answered, and whether a part is on a vault that did not.
    private async Task<(List<T> Answers, Func<Part, bool> Away)> AskOthers<T>(RecordingId recording, Func<IVaultGrain, Task<T>> ask)
    {
        var others = own.Name is null ? [] : places.Silos.Where(name => name != own.Name);
        var asked = others.Select(async name =>
        {
            try
            {
                return (Name: name, Answer: (await ask(grains.Vault(name)), true));
            }
            catch (Exception fault) when (fault is not RecordingClusterException)
            {
                LogAway(name, recording, fault);
                return (Name: name, Answer: (default(T)!, false));
            }
        });
        var told = await Task.WhenAll(asked);
        var there = told.Where(one => one.Answer.Item2).Select(one => one.Name).ToHashSet();
        return ([.. told.Where(one => one.Answer.Item2).Select(one => one.Answer.Item1)], part => part.Vault is { } name && name != own.Name && !there.Contains(name));
    }

    // One recording whose parts were on several vaults: each had a key of its own, and the first is named.
    private static Erasure Together(Erasure one, Erasure other) => one with
    {
        Span = new TimeRange(one.Span.From < other.Span.From ? one.Span.From : other.Span.From, one.Span.Until > other.Span.Until ? one.Span.Until : other.Span.Until),
        ErasedAt = one.ErasedAt > other.ErasedAt ? one.ErasedAt : other.ErasedAt,
        Parts = [.. one.Parts, .. other.Parts],
        OpensAfterwards = one.OpensAfterwards || other.OpensAfterwards,
        Check = one.Check == other.Check ? one.Check : $"{one.Check} {other.Check}",
        Storage = $"{one.Storage}; {other.Storage}",
    };

    [LoggerMessage(1202, LogLevel.Warning, "The vault of {Silo} could not be asked about {Recording}")]
    private partial void LogAway(string silo, RecordingId recording, Exception fault);
}
