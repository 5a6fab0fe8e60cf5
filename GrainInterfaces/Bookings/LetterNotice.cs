using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>The notice in the invitation (R3), as a fact: what was sent is kept elsewhere.</summary>
/// <param name="SentOn">The day on which it was sent, as people in the town hall see it.</param>
/// <param name="TextVersion">Which text it had: the version of the regulation that the text was made from.</param>
/// <param name="Language">Its language.</param>
[GenerateSerializer, Immutable, Alias("letter-notice")]
public sealed record LetterNotice(DateOnly SentOn, string TextVersion, Language Language)
{
    /// <exception cref="RecordingClusterException">InvalidInput: a day to come, or a field breaks a rule.</exception>
    public void Check(DateOnly today)
    {
        if (SentOn > today)
        {
            throw RecordingClusterException.Invalid("letter.sentOn", "is a day to come.", "Record the letter when it has been sent.");
        }

        if (!Enum.IsDefined(Language))
        {
            throw RecordingClusterException.Invalid("letter.language", "comes from a closed list.", "Choose Dutch or English.");
        }

        ReferenceText.Checked("letter.textVersion", TextVersion);
    }
}

/// <summary>The notice at the start of the talk (R3): said aloud, by whom, in which language. It cannot be said afterwards.</summary>
[GenerateSerializer, Immutable, Alias("spoken-notice")]
public sealed record SpokenNotice(Language Language, string By, DateTimeOffset At);
