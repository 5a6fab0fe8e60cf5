using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Capture;

/// <summary>One ffmpeg and the one part that it fills.</summary>
/// <remarks>
/// The first run of a talk refuses a camera that does not fit the rules; later it is recorded as it is. The session is told of
/// each fragment that is on disk.
/// </remarks>
internal sealed class CaptureRun(CaptureSession session, int number, bool isFirst, CameraOptions camera, CaptureOptions options, FileVault vault, TimeProvider clock)
{
    // Noticed within 5 s of the last picture (R7), with half a second left to say it.
    private static readonly TimeSpan StallAfter = TimeSpan.FromSeconds(4.5);

    // Connecting (2 s), waiting for a whole picture and then for the end of its fragment (4 s each), short of 15 in all.
    private static readonly TimeSpan FirstFragmentWait = TimeSpan.FromSeconds(11);

    private CaptureLease Lease => session.Lease;

    /// <summary>Records until the camera fails, or <paramref name="stop"/>: then ffmpeg gives what it still has, and the part is closed.</summary>
    /// <returns>What went wrong; null when it was stopped.</returns>
    public async Task<RunFault?> Record(CancellationToken stop)
    {
        await using var ffmpeg = await FfmpegProcess.Start(FfmpegCommand.Record(camera, Lease.Order.Sound), clock);
        await using var _ = stop.Register(() => ffmpeg.Stop().Ignore());
        PartWriter? part = null;
        try
        {
            var fault = await Copy(ffmpeg, opened => part = opened);
            return stop.IsCancellationRequested ? null : fault;
        }
        catch (RecordingClusterException malformed) when (malformed.Kind == ErrorKind.InvalidInput)
        {
            return new RunFault(CameraFault.UnknownCodec, malformed.Message);
        }
        catch (Exception fault) when (fault is RecordingClusterException { Kind: ErrorKind.Unavailable } || (fault is IOException written && Posix.IsFull(written)))
        {
            return new RunFault(CameraFault.VaultFull, fault.Message);
        }
        catch (Exception fault) when (fault is RecordingClusterException or IOException or UnauthorizedAccessException)
        {
            return new RunFault(CameraFault.VaultFailed, fault.Message);
        }
        finally
        {
            await ffmpeg.Kill();
            await Close(part);
        }
    }

    private async Task<RunFault?> Copy(FfmpegProcess ffmpeg, Action<PartWriter> opened)
    {
        var splitter = new BoxSplitter(ffmpeg.Output);
        using var firstWait = new CancellationTokenSource(FirstFragmentWait, clock);
        byte[]? init;
        ReadOnlyMemory<byte>? next;
        try
        {
            init = await splitter.ReadInit(firstWait.Token);
            next = init is null ? null : await splitter.ReadFragment(firstWait.Token);
        }
        catch (OperationCanceledException)
        {
            return new RunFault(CameraFault.NoMedia);
        }

        if (init is null || next is null || !await ffmpeg.AtCamera)
        {
            var end = await ffmpeg.Ended;
            return new RunFault(CaptureFaults.Of(end), end.Words);
        }

        var tracks = Tracks.Read(init);
        if (WhyNot(tracks, FragmentContent.Read(next.Value.Span, tracks)) is { } fault)
        {
            return new RunFault(fault);
        }

        // Reserved before the talk, so that a disk which cannot hold it is said then, and not in the middle (R7). Later parts take what there is.
        var roomUntil = session.StopAt;
        var part = await vault.Create(Opening(), new SpaceNeed(BytesUntil(roomUntil), OrRefuse: isFirst));
        opened(part);
        await part.WriteInit(init);
        var times = new FragmentClock(clock);
        while (next is { } fragment)
        {
            var content = FragmentContent.Read(fragment.Span, tracks);
            var (facts, arrived) = (times.Place(content), clock.GetTimestamp());
            await part.Append(facts, fragment);
            session.Stored(part, content, fragment.Length, times.HeldBack);
            if (session.StopAt is var stopAt && stopAt > roomUntil)
            {
                // The talk was lengthened: what another program does not take meanwhile is there for it.
                roomUntil = stopAt;
                await part.Reserve(BytesUntil(roomUntil));
            }

            try
            {
                next = await Next(splitter, StallAfter - times.HeldBack - clock.GetElapsedTime(arrived), content.Duration);
            }
            catch (OperationCanceledException)
            {
                return new RunFault(CameraFault.NoMedia);
            }
        }

        // After media its last words are its counts.
        return new RunFault(CaptureFaults.AfterMedia(await ffmpeg.Ended));
    }

    // The watchdog goes by whole fragments alone: ffmpeg may live on, or end with code 0, while nothing comes. It holds the pictures since
    // the last whole one back, at most a fragment of them, and gives them when its patience with a silent camera ends (FfmpegCommand): the
    // last ones before a camera is torn down may be those that matter. So the gap is said, and ffmpeg has as much longer as it may hold.
    private async Task<ReadOnlyMemory<byte>?> Next(BoxSplitter splitter, TimeSpan left, TimeSpan fragment)
    {
        left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        using var patience = new CancellationTokenSource(left + (fragment < options.LongestFragment ? fragment : options.LongestFragment), clock);
        var next = splitter.ReadFragment(patience.Token);
        try
        {
            return await next.WaitAsync(left, clock);
        }
        catch (TimeoutException)
        {
            session.Stall();
            return await next;
        }
    }

    private CameraFault? WhyNot(Tracks tracks, FragmentContent first)
    {
        var sound = Lease.Order.Sound;
        var faults = CameraFit.OfTracks(tracks, sound).Concat(isFirst ? CameraFit.OfContent(tracks, sound, first.SoundSamples, first.Duration, options.LongestFragment) : []);
        return faults.Cast<CameraFault?>().FirstOrDefault();
    }

    private PartOpening Opening()
    {
        var order = Lease.Order;
        return new PartOpening(
            new PartId(order.Recording, Lease.Epoch, number), order.Site, order.Room, Lease.Camera, order.StartedAt, order.ExpiresAt, clock.GetUtcNow(), order.RegulationVersion,
            order.Sound ? MediaTracks.Picture | MediaTracks.Sound : MediaTracks.Picture);
    }

    private long BytesUntil(DateTimeOffset end) => (long)((end - clock.GetUtcNow()).TotalSeconds * camera.MostKilobitsPerSecond * 1000 / 8);

    private async Task Close(PartWriter? part)
    {
        if (part is null)
        {
            return;
        }

        try
        {
            await part.Close();
        }
        catch (Exception fault) when (fault is RecordingClusterException or IOException)
        {
            await part.DisposeAsync();
        }

        await (part.Snapshot.State == PartState.Closed ? Task.CompletedTask : Mend(part.Id));
    }

    private async Task Mend(PartId part)
    {
        try
        {
            await vault.Mend(part);
        }
        catch (IOException)
        {
            // A disk that does not take the closing record either: the part stays open, and the next start recovers it.
        }
    }
}
