using System.Collections.Immutable;
using System.Globalization;
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
    public async Task<VaultContent> Parts(RecordingId recording, ImmutableArray<Part> known, ImmutableArray<Fence> fences)
    {
        var (answers, isAway) = await AskOthers(recording, vault => vault.Parts(recording, fences));
        var read = answers.SelectMany(answer => answer.Answer.Select(part => (Part: part, In: (string?)answer.Silo)))
            .Concat((await own.Parts(recording, fences)).Select(part => (Part: part, In: own.Name)))
            .ToList();
        var late = read.Where(one => IsLate(one.Part, fences)).Select(one => one.Part.Id).ToHashSet();
        read.RemoveAll(one => late.Contains(one.Part.Id));
        var copies = read.Where(one => one.Part.Vault != one.In).Select(one => new PartCopy(one.Part.Id, one.In!, one.Part.Fragments, one.Part.Span.Until, one.Part.State != PartState.Open));

        // A part and its copy are one moment. What has most of it tells of it: where the part's own vault is away or lost, the copy.
        var found = read.Concat(known.Where(part => part.Vault is { } name && isAway(name)).Select(part => (Part: part, In: part.Vault)))
            .GroupBy(one => one.Part.Id)
            .Select(same => same.OrderByDescending(one => one.Part.Fragments).ThenBy(one => one.Part.Vault != one.In).First().Part)
            .ToDictionary(part => part.Id);

        // What was acknowledged and is in no vault any more is not forgotten: it has to be said.
        foreach (var part in known.Where(part => !late.Contains(part.Id) && found.GetValueOrDefault(part.Id) is null or { Fragments: 0, State: PartState.Damaged }))
        {
            found[part.Id] = part with { State = PartState.Damaged };
        }

        return new VaultContent([.. found.Values.OrderBy(part => part.Id)], [.. copies]);
    }

    public async Task<ErasureAnswer> Erase(RecordingId recording, IReadOnlyCollection<string> vaults, ImmutableArray<AwaitedVault> awaited)
    {
        var (answers, isAway) = await AskOthers(recording, vault => vault.Erase(recording));
        var erasures = answers.Select(answer => Told(answer.Answer, awaited.FirstOrDefault(vault => vault.Name == answer.Silo)))
            .Prepend(Told(await own.Erase(recording), awaited.FirstOrDefault(vault => vault.Name == own.Name)))
            .OfType<Erasure>().ToList();
        return new ErasureAnswer(erasures is [var first, .. var rest] ? rest.Aggregate(first, Together) : null, [.. vaults.Where(isAway)]);
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

    private static bool IsLate(Part part, ImmutableArray<Fence> fences) =>
        part is { Fragments: 0, State: not PartState.Damaged } && fences.Any(fence => part.Id.Epoch <= fence.Epoch);

    // What the others answered, and whether a vault is one that did not.
    private async Task<(List<(string Silo, T Answer)> Answers, Func<string, bool> IsAway)> AskOthers<T>(RecordingId recording, Func<IVaultGrain, Task<T>> ask)
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
        return ([.. told.Where(one => one.Answer.Item2).Select(one => (one.Name, one.Answer.Item1))], name => name != own.Name && !there.Contains(name));
    }

    // The certificate says why a part of it came late.
    private static Erasure? Told(Erasure? erasure, AwaitedVault? awaited) => erasure is null || awaited is null ? erasure : erasure with
    {
        Method = string.Create(
            CultureInfo.InvariantCulture,
            $"{erasure.Method} The server of the vault {awaited.Name} was away at {awaited.Since.UtcDateTime:u}, when this was due; its {erasure.Parts.Length} part(s) were erased at {erasure.ErasedAt.UtcDateTime:u}, on its return."),
    };

    // One recording whose parts were on several vaults: each had a key of its own, and the first is named.
    private static Erasure Together(Erasure one, Erasure other) => one with
    {
        Span = new TimeRange(one.Span.From < other.Span.From ? one.Span.From : other.Span.From, one.Span.Until > other.Span.Until ? one.Span.Until : other.Span.Until),
        ErasedAt = one.ErasedAt > other.ErasedAt ? one.ErasedAt : other.ErasedAt,
        Parts = [.. one.Parts, .. other.Parts],
        Method = one.Method.StartsWith(other.Method, StringComparison.Ordinal) ? one.Method : other.Method.StartsWith(one.Method, StringComparison.Ordinal) ? other.Method : $"{one.Method} {other.Method}",
        OpensAfterwards = one.OpensAfterwards || other.OpensAfterwards,
        Check = one.Check == other.Check ? one.Check : $"{one.Check} {other.Check}",
        Storage = $"{one.Storage}; {other.Storage}",
    };

    [LoggerMessage(1202, LogLevel.Warning, "The vault of {Silo} could not be asked about {Recording}")]
    private partial void LogAway(string silo, RecordingId recording, Exception fault);
}
