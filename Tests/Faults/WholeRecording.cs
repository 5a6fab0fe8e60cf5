using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>A recording of two silos that went through faults, looked at when all is over.</summary>
internal static class WholeRecording
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Keeps how much of each part was told to be on disk.</summary>
    public static void Keep(Dictionary<PartId, int> told, RecordingView recording)
    {
        foreach (var part in recording.Parts)
        {
            told[part.Id] = part.Fragments;
        }
    }

    /// <summary>What was told to be on disk is there and plays; nothing is there twice; one chain tells of it.</summary>
    public static async Task<IReadOnlyList<Part>> Check(TwoSilos two, RecordingId recording, Dictionary<PartId, int> told)
    {
        await SiloProcess.Until(async () => (await two.First.Read(recording)).Parts.All(part => part.State is PartState.Closed or PartState.Recovered), Soon, () => two.Logs);
        var view = await two.First.Read(recording);
        Assert.Equal(RecordingStage.Sealed, view.Stage);
        Assert.All(told, one => Assert.True(view.Parts.Single(part => part.Id == one.Key).Fragments >= one.Value, $"{one.Key} had {one.Value} fragments"));
        Assert.All(view.Parts.Zip(view.Parts.Skip(1)), pair => Assert.True(pair.First.Span.Until <= pair.Second.Span.From, $"{pair.First} and {pair.Second} overlap"));
        var whole = await Viewer.Play(two.First, recording, new TimeRange(view.Parts[0].Span.From, view.Parts[^1].Span.Until));
        Assert.Equal(view.Parts.Sum(part => part.VideoFrames), (await Viewer.Decode(whole)).Frames);
        Assert.True(await TwoSilos.HasOneChain(two.First));
        return view.Parts;
    }
}
