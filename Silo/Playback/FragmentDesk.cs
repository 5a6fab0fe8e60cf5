using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Playback;

/// <summary>Opens one fragment of a viewing and makes of it what a browser plays.</summary>
internal sealed partial class FragmentDesk(ViewingDesk desk, FragmentConverter converter, ILogger<FragmentDesk> log)
{
    /// <summary>Its beginning and its fragment, moved <paramref name="offset"/> later on the player's time line; null, and said in the log, when what was recorded no longer opens.</summary>
    public async Task<(byte[] Init, byte[] Fragment)?> Open(Shown shown, VisiblePart part, int fragment, TimeSpan offset, CancellationToken cancellation)
    {
        try
        {
            var (init, opened) = await desk.Open(shown, part, fragment, cancellation);
            return await converter.Convert(init, opened, offset, cancellation);
        }
        catch (RecordingClusterException fault) when (fault.Kind == ErrorKind.DataLoss)
        {
            LogDamaged(fragment, part.Id, fault);
            return null;
        }
    }

    [LoggerMessage(4202, LogLevel.Error, "Fragment {Fragment} of part {Part} is damaged; what comes after it is shown")]
    private partial void LogDamaged(int fragment, PartId part, Exception fault);
}
