using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>What a version of the regulation lays down in numbers and switches.</summary>
/// <param name="Retention">How long after its start a recording can be read (R8); at most 14 × 24 h.</param>
/// <param name="Grace">How long after the booked end recording goes on before it stops by itself (R4); 0 to 1 h.</param>
/// <param name="EarlyStart">How long before its booked time a talk may be started; 0 to 4 h.</param>
/// <param name="GrantTerm">How long a grant holds (R13); never past the recording's own term.</param>
/// <param name="ViewingsPerGrant">How often a grant may be used (R13); 1 to 10.</param>
/// <param name="Recording">Whether talks with a raised risk are recorded at all.</param>
/// <param name="Sound">Whether sound is recorded with the picture (R6).</param>
[GenerateSerializer, Immutable, Alias("regulation-terms")]
public sealed record RegulationTerms(
    TimeSpan Retention, TimeSpan Grace, TimeSpan EarlyStart, TimeSpan GrantTerm, int ViewingsPerGrant, bool Recording, bool Sound)
{
    /// <summary>The longest term there can be (R8): fourteen times twenty-four hours.</summary>
    public static readonly TimeSpan LongestRetention = TimeSpan.FromHours(14 * 24);

    private static readonly TimeSpan LongestGrace = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestEarlyStart = TimeSpan.FromHours(4);
    private const int MostViewings = 10;

    /// <summary>What holds where no regulation is in force: talks are held, and nothing is recorded of them.</summary>
    public static RegulationTerms NothingRecorded { get; } =
        new(LongestRetention, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(24), 1, Recording: false, Sound: false);

    /// <exception cref="RecordingClusterException">InvalidInput: a number is outside its bounds.</exception>
    public void Check(TimeSpan shortestRetention)
    {
        if (Retention <= TimeSpan.Zero || Retention > LongestRetention)
        {
            throw RecordingClusterException.Invalid("terms.retention", "must be more than 0 and at most 14 times 24 hours (R8).", "An example that is right: 14.00:00:00.");
        }

        if (Retention < shortestRetention)
        {
            throw RecordingClusterException.Invalid(
                "terms.retention", $"is below {shortestRetention:c}, which is for trying out only.", "Set it to 14.00:00:00, or try it out in a demo (Demo:SignIn).");
        }

        if (Grace < TimeSpan.Zero || Grace > LongestGrace)
        {
            throw RecordingClusterException.Invalid("terms.grace", "must be 0 to 1 hour.", "An example that is right: 00:10:00.");
        }

        if (EarlyStart < TimeSpan.Zero || EarlyStart > LongestEarlyStart)
        {
            throw RecordingClusterException.Invalid("terms.earlyStart", "must be 0 to 4 hours.", "An example that is right: 00:30:00.");
        }

        if (GrantTerm <= TimeSpan.Zero || GrantTerm > LongestRetention)
        {
            throw RecordingClusterException.Invalid("terms.grantTerm", "must be more than 0 and at most 14 days.", "An example that is right: 1.00:00:00.");
        }

        if (ViewingsPerGrant is < 1 or > MostViewings)
        {
            throw RecordingClusterException.Invalid("terms.viewingsPerGrant", $"must be 1 to {MostViewings}.", "An example that is right: 1.");
        }

        if (Sound && !Recording)
        {
            throw RecordingClusterException.Invalid("terms.sound", "cannot be on while recording is off: picture and sound are one (R6).", "Set both off, or recording on.");
        }
    }
}
