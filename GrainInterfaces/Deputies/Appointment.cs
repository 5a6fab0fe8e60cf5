using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.Deputies;

/// <summary>On which days a deputy decides in the secretary's place. Days are those of the town hall, both included.</summary>
[GenerateSerializer, Immutable, Alias("deputy-days")]
public readonly record struct DeputyDays(DateOnly From, DateOnly Until)
{
    // Six weeks: the longest leave that is taken in one go. A longer absence is appointed for anew.
    public const int Most = 42;

    // Leave is planned within a year.
    private const int MostAhead = 366;

    public bool Contains(DateOnly day) => From <= day && day <= Until;

    /// <summary>Refuses days that lie behind, are too many, or too far off.</summary>
    public void Check(DateOnly today)
    {
        if (From < today || Until < From)
        {
            throw RecordingClusterException.Invalid("days", "must begin today or later, and end no earlier than they begin.", "Give from and until in that order.");
        }

        if (Until.DayNumber - From.DayNumber >= Most || From.DayNumber - today.DayNumber > MostAhead)
        {
            throw RecordingClusterException.Invalid("days", $"are at most {Most}, and begin within a year.", "Appoint for a shorter time, and again when it is over.");
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:O} to {Until:O}");
}

/// <summary>The secretary's word that somebody decides in the secretary's place, as it is signed.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Deputy">Who decides.</param>
/// <param name="Days">On which days.</param>
/// <param name="By">The secretary who appoints.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("appointment")]
public sealed record Appointment(AppointmentId Id, string Deputy, DeputyDays Days, string By, DateTimeOffset At)
{
    /// <summary>The challenge of the secretary's passkey (WebAuthn, 5.8.1): SHA-256 of <see cref="ToText"/> in UTF-8.</summary>
    public byte[] ToChallenge() => SHA256.HashData(Encoding.UTF8.GetBytes(ToText()));

    /// <summary>The appointment as it is signed. Line by line, so that a court can read it; the form never changes, a later one has another first line.</summary>
    public string ToText() => string.Join(
        '\n',
        "recording-cluster appointment 1",
        $"appointment {Id}",
        $"deputy {Deputy}",
        string.Create(CultureInfo.InvariantCulture, $"from {Days.From:O}"),
        string.Create(CultureInfo.InvariantCulture, $"until {Days.Until:O}"),
        $"appointed by {By}",
        $"appointed at {At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}",
        "");
}

/// <summary>An appointment with the secretary's own signature under it.</summary>
[GenerateSerializer, Immutable, Alias("signed-appointment")]
public sealed record SignedAppointment(Appointment Appointment, PasskeySignature Signature);

/// <summary>Whom a secretary would appoint.</summary>
/// <param name="Deputy">A person with the role of deputy.</param>
/// <param name="Days">On which days.</param>
[GenerateSerializer, Immutable, Alias("appointment-wish")]
public sealed record AppointmentWish(string Deputy, DeputyDays Days);

/// <summary>An appointment as it stands.</summary>
/// <param name="Appointment">What was signed.</param>
/// <param name="WithdrawnAt">When it was withdrawn; null while it holds for its days.</param>
[GenerateSerializer, Immutable, Alias("appointment-view")]
public sealed record AppointmentView(Appointment Appointment, DateTimeOffset? WithdrawnAt);
