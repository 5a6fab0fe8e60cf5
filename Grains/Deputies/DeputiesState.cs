using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Grains.Deputies;

/// <summary>What is stored of the register of deputies, and every decision on it.</summary>
internal sealed record DeputiesState
{
    // From draft to signature, as for a grant.
    private static readonly TimeSpan LongestSigning = TimeSpan.FromMinutes(5);

    private const int DaysKept = 366;

    public ImmutableArray<KeptAppointment> Kept { get; init; } = [];

    /// <summary>Adds a signed draft of moments ago; what lies a year behind is let go. Unchanged when it is there already.</summary>
    /// <exception cref="RecordingClusterException">InvalidInput or Conflict: it is none that this secretary could be given to sign now.</exception>
    public DeputiesState Appoint(SignedAppointment signed, string by, DateTimeOffset now)
    {
        var appointment = signed.Appointment;
        if (Find(appointment.Id) is { } known)
        {
            return known.Signed.Appointment == appointment ? this : throw NotTheDraft();
        }

        var today = now.LocalDay();
        appointment.Days.Check(today);
        return appointment.By == by && appointment.Deputy != by && appointment.At <= now && now - appointment.At <= LongestSigning
            ? this with { Kept = Kept.RemoveAll(kept => kept.Signed.Appointment.Days.Until < today.AddDays(-DaysKept)).Insert(0, new KeptAppointment(signed, null)) }
            : throw NotTheDraft();
    }

    /// <summary>The first withdrawal counts.</summary>
    public DeputiesState Withdraw(AppointmentId id, DateTimeOffset now) =>
        Find(id) is not { } kept ? throw new RecordingClusterException(ErrorKind.NotFound, "There is no such appointment. Load the page again.")
        : kept.WithdrawnAt is not null ? this
        : this with { Kept = Kept.Replace(kept, kept with { WithdrawnAt = now }) };

    /// <summary>By what right somebody decides on this day; null when by none.</summary>
    public SignedAppointment? Covering(string deputy, DateOnly day) => Kept
        .FirstOrDefault(kept => kept.WithdrawnAt is null && kept.Signed.Appointment.Deputy == deputy && kept.Signed.Appointment.Days.Contains(day))?.Signed;

    private KeptAppointment? Find(AppointmentId id) => Kept.FirstOrDefault(kept => kept.Signed.Appointment.Id == id);

    private static RecordingClusterException NotTheDraft() =>
        new(ErrorKind.Conflict, "What was signed is not what was drawn up moments ago. Draw it up anew, and sign that.");
}

/// <summary>An appointment, and when it was withdrawn.</summary>
internal sealed record KeptAppointment(SignedAppointment Signed, DateTimeOffset? WithdrawnAt = null);
