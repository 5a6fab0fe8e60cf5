using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Access;
using RecordingCluster.Grains.Callers;

namespace RecordingCluster.Grains.Deputies;

[GrainType("deputies")]
internal sealed class DeputiesGrain(
    [PersistentState("deputies")] IPersistentState<DeputiesState> stored,
    CurrentCaller callers,
    IGrantWitness witness,
    TimeProvider clock) : Grain, IDeputiesGrain
{
    public Task<Appointment> Draft(AppointmentWish wish)
    {
        wish.Days.Check(clock.Today());
        return Task.FromResult(new Appointment(AppointmentId.New(), wish.Deputy, wish.Days, callers.Get().Subject, clock.GetUtcNow()));
    }

    public async Task<AppointOutcome> Appoint(SignedAppointment signedAppointment)
    {
        if (signedAppointment is not { Appointment: { Deputy: not null, By: not null }, Signature: not null })
        {
            throw RecordingClusterException.Invalid("appointment", "must hold what was drawn up and its signature.", "Ask for a draft, and sign that.");
        }

        var next = stored.State.Appoint(signedAppointment, callers.Get().Subject, clock.GetUtcNow());
        if (next != stored.State && await witness.WhyNot(signedAppointment) is { } why)
        {
            return new AppointOutcome.NotRight(why);
        }

        await stored.Store(next);
        return new AppointOutcome.Appointed(signedAppointment.Appointment);
    }

    public Task Withdraw(AppointmentId appointment) => stored.Store(stored.State.Withdraw(appointment, clock.GetUtcNow()));

    public Task<ImmutableArray<AppointmentView>> Read() =>
        Task.FromResult<ImmutableArray<AppointmentView>>([.. stored.State.Kept.Select(kept => new AppointmentView(kept.Signed.Appointment, kept.WithdrawnAt))]);

    public Task<SignedAppointment?> Covering(Caller deputy) => Task.FromResult(stored.State.Covering(deputy.Subject, clock.Today()));
}
