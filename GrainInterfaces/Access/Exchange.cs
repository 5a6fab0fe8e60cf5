using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>A question that was put back to who asked, and its answer. Both come from closed lists: no free text about anybody is kept (R19).</summary>
/// <param name="Question">What is asked back.</param>
/// <param name="By">By whom.</param>
/// <param name="At">When.</param>
/// <param name="Reply">The answer; null while there is none.</param>
[GenerateSerializer, Immutable, Alias("exchange")]
public sealed record Exchange(BackQuestion Question, string By, DateTimeOffset At, BackReply? Reply = null);

/// <summary>What the secretary may ask back.</summary>
[Alias("back-question")]
public enum BackQuestion
{
    /// <summary>Which minutes are needed at the least?</summary>
    WhichMinutes,

    /// <summary>Is there no other means, such as the word of who was there?</summary>
    OtherMeans,

    /// <summary>Is the case still pending?</summary>
    CasePending,
}

/// <summary>What may be answered.</summary>
[Alias("back-answer")]
public enum BackAnswer
{
    /// <summary>These minutes suffice: the request is for a narrower window from now on.</summary>
    Narrower,

    /// <summary>All minutes that were asked for are needed.</summary>
    AllNeeded,

    /// <summary>There is no other means.</summary>
    NoOtherMeans,

    /// <summary>Another means was tried, and did not suffice.</summary>
    OtherMeansTried,

    /// <summary>The case is pending.</summary>
    Pending,

    /// <summary>The case is closed.</summary>
    Closed,
}

/// <summary>An answer to a question that was put back.</summary>
/// <param name="Answer">Which.</param>
/// <param name="Window">The narrower window, with <see cref="BackAnswer.Narrower"/> alone.</param>
[GenerateSerializer, Immutable, Alias("back-reply")]
public sealed record BackReply(BackAnswer Answer, TimeRange? Window = null)
{
    /// <summary>The answers that a question has.</summary>
    public static ImmutableArray<BackAnswer> To(BackQuestion question) => question switch
    {
        BackQuestion.WhichMinutes => [BackAnswer.Narrower, BackAnswer.AllNeeded],
        BackQuestion.OtherMeans => [BackAnswer.NoOtherMeans, BackAnswer.OtherMeansTried],
        _ => [BackAnswer.Pending, BackAnswer.Closed],
    };

    /// <summary>Refuses what is no answer to a question, or no narrower window.</summary>
    public void Check(BackQuestion question, TimeRange asked)
    {
        var answers = To(question);
        if (!answers.Contains(Answer))
        {
            throw RecordingClusterException.Invalid("answer", $"is none to {question}.", $"Choose one of {string.Join(", ", answers)}.");
        }

        if (Answer == BackAnswer.Narrower != Window is not null)
        {
            throw RecordingClusterException.Invalid("window", $"belongs to the answer {BackAnswer.Narrower}, and that answer has one.", "Give the window that suffices, or another answer.");
        }

        if (Window is { } narrower && (narrower.Length <= TimeSpan.Zero || !asked.Contains(narrower)))
        {
            throw RecordingClusterException.Invalid("window", "must lie within what was asked, and end after it begins.", "What is wider is another request.");
        }
    }
}
