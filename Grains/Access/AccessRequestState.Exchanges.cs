using RecordingCluster.GrainInterfaces.Access;

namespace RecordingCluster.Grains.Access;

/// <summary>What is asked back, and answered, while a request is open.</summary>
internal sealed partial record AccessRequestState
{
    /// <summary>One question waits at a time, and each is asked once: the time of the recording goes on meanwhile.</summary>
    public (AccessRequestState Next, AskBackOutcome Outcome) AskBack(BackQuestion question, Decider by, DateTimeOffset now)
    {
        if (WhyNotDecide(by, now) is { } decided)
        {
            return (this, new AskBackOutcome.Closed(decided));
        }

        var asking = Asking!;
        return asking.Waiting is { } waiting ? (this, waiting.Question == question ? new AskBackOutcome.Put() : new AskBackOutcome.Waiting(waiting.Question))
            : asking.Exchanges.Any(exchange => exchange.Question == question) ? (this, new AskBackOutcome.Enough())
            : (With(asking with { Exchanges = asking.Exchanges.Add(new Exchange(question, by.Subject, now, null)) }), new AskBackOutcome.Put());
    }

    /// <summary>The first answer counts; a narrower window is what is asked from then on.</summary>
    public (AccessRequestState Next, AnswerOutcome Outcome) Answer(BackReply reply, string person, DateTimeOffset now)
    {
        var asking = CheckOwn(person);
        if (Phase is not AccessPhase.Asked || now >= asking.RecordingExpiresAt)
        {
            return (this, new AnswerOutcome.Closed(Decision ?? new Decision.TooLate()));
        }

        if (asking.Waiting is not { } waiting)
        {
            return (this, asking.Exchanges.LastOrDefault()?.Reply == reply ? new AnswerOutcome.Answered() : new AnswerOutcome.NothingAsked());
        }

        reply.Check(waiting.Question, asking.Window);
        return (With(asking with { Exchanges = asking.Exchanges.Replace(waiting, waiting with { Reply = reply }) }), new AnswerOutcome.Answered());
    }

    private AccessRequestState With(Asking asking) => this with { Phase = new AccessPhase.Asked(asking) };
}
