using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Grains.Cameras;

// Everything here interleaves with a capture that begins or ends, and changes nothing of its lease.
internal sealed partial class CameraGrain
{
    private Task<MeasureOutcome>? measuring;

    public Task<MeasureOutcome> Measure() => measuring is { IsCompleted: false } ? measuring : measuring = MeasureNow();

    public Task<CameraMeasurement?> LastMeasurement() => Task.FromResult(measured.State.Last);

    private async Task<MeasureOutcome> MeasureNow()
    {
        if (stored.State.Order is not null)
        {
            return new MeasureOutcome.Records(health);
        }

        // A talk that is not recorded, since somebody objects or the camera failed, is not listened to in any other way either.
        var room = plan.Rooms.First(planned => planned.Camera == Id);
        if ((await GrainFactory.Room(room.Id).Read()).Talk is not null)
        {
            return new MeasureOutcome.TalkGoesOn();
        }

        // Before there is a regulation a camera is set up for the talks that are to come.
        var regulation = await GrainFactory.Regulation(plan.Site).InForce();
        if (regulation is { Terms.Recording: false })
        {
            return new MeasureOutcome.RecordingOff();
        }

        var numbers = await capture.Measure(Id, regulation?.Terms.Sound ?? true);
        if (stored.State.Order is not null)
        {
            return new MeasureOutcome.Records(health); // a talk began meanwhile
        }

        await measured.Store(new MeasuredState { Last = numbers });
        return new MeasureOutcome.Measured(numbers);
    }
}
