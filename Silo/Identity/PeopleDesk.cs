using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Identity;

/// <summary>Where roles are given and taken by two people, each step in the trail (R15, R16).</summary>
internal sealed class PeopleDesk(PeopleBook book, PeopleTrail trail, AdministratorsRequests requests, TimeProvider clock)
{
    /// <summary>Proposes a change. Where it will give a link, the answer holds the code that goes with it: shown once, for the person alone.</summary>
    public async Task<(PeopleRefusal? Refusal, string? Code)> Propose(Caller by, PeopleChange change)
    {
        var now = clock.GetUtcNow();
        var code = change.GivesLink ? Secret.NewCode() : null;
        var proposal = new Proposal
        {
            Id = Guid.CreateVersion7(now),
            By = by.Subject,
            Change = change,
            ExpiresAt = now + Proposal.Term,
            CodeDigest = code is null ? null : Secret.Digest(Secret.Tidy(code)),
        };
        var refusal = await trail.Carry(by.ToString(), "people/propose", SubjectOf(change), FactsOf(proposal.Id, change), () => book.Alone(async () =>
        {
            if (PeopleRules.WhyNotPropose(change, by.Subject, await Everybody()) is { } reason)
            {
                return reason;
            }

            await book.Save(proposal);
            return (PeopleRefusal?)null;
        }));
        return (refusal, refusal is null ? code : null);
    }

    /// <summary>Confirms a proposal, and makes the change. Where it gives a link, the answer holds its secret: shown once, for the person alone.</summary>
    public async Task<(PeopleRefusal? Refusal, string? Token)> Confirm(Caller by, Guid id)
    {
        var token = Secret.New();
        var givesLink = false;
        var refusal = await Decide(by, id, "people/confirm", PeopleRules.WhyNotConfirm, async (proposal, people, now) =>
        {
            givesLink = proposal.Change.GivesLink;
            var person = proposal.Change is PeopleChange.NewPerson made
                ? Person.New(made.Label, made.Role, now)
                : people.Single(person => person.Subject == proposal.Change.About);
            Make(proposal, person, token, now);
            await book.Save(person);
            return new ProposalPhase.Confirmed(by.Subject, now);
        });
        return (refusal, refusal is null && givesLink ? token : null);
    }

    public Task<PeopleRefusal?> Refuse(Caller by, Guid id) =>
        Decide(by, id, "people/refuse", PeopleRules.WhyNotDecide, (_, _, now) => Task.FromResult<ProposalPhase>(new ProposalPhase.Refused(by.Subject, now)));

    private async Task<PeopleRefusal?> Decide(
        Caller by,
        Guid id,
        string deed,
        Func<ProposalFacts, string, IReadOnlyCollection<PersonFacts>, DateTimeOffset, PeopleRefusal?> rule,
        Func<Proposal, List<Person>, DateTimeOffset, Task<ProposalPhase>> act)
    {
        var known = await book.FindProposal(id);
        return await trail.Carry(by.ToString(), deed, SubjectOf(known?.Change), FactsOf(id, known?.Change), async () =>
        {
            // A crash may have come between taking the role and ending what hung on it: that must not come back with the role.
            if (known?.Change is PeopleChange.GiveRole { Role: Roles.CameraAdministrator } given && (await book.Find(given.Subject))?.Roles.HasFlag(given.Role) == false)
            {
                await requests.Lapse(given.Subject);
            }

            var refusal = await book.Alone(() => DecideAlone(by, id, rule, act));
            await (refusal is not null ? Task.CompletedTask : known?.Change switch
            {
                PeopleChange.TakeRole { Role: Roles.CameraAdministrator } or PeopleChange.Deactivate => requests.Lapse(known.Change.About!),
                PeopleChange.TakeRole or PeopleChange.WithdrawKey => requests.EndViewings(known.Change.About!),
                _ => Task.CompletedTask,
            });
            return refusal;
        });
    }

    private async Task<PeopleRefusal?> DecideAlone(
        Caller by,
        Guid id,
        Func<ProposalFacts, string, IReadOnlyCollection<PersonFacts>, DateTimeOffset, PeopleRefusal?> rule,
        Func<Proposal, List<Person>, DateTimeOffset, Task<ProposalPhase>> act)
    {
        if (await book.FindProposal(id) is not { } proposal)
        {
            return PeopleRefusal.NoSuchProposal;
        }

        var now = clock.GetUtcNow();
        var people = await book.All();
        if (rule(proposal.Facts, by.Subject, [.. people.Select(person => person.Facts)], now) is { } reason)
        {
            return reason;
        }

        proposal.Phase = await act(proposal, people, now);
        await book.Save(proposal);
        return null;
    }

    private static void Make(Proposal proposal, Person person, string token, DateTimeOffset now)
    {
        switch (proposal.Change)
        {
            case PeopleChange.GiveRole give:
                person.Roles |= give.Role;
                break;
            case PeopleChange.TakeRole take:
                person.Roles &= ~take.Role;
                person.EndSessions();
                break;
            case PeopleChange.WithdrawKey withdraw:
                person.Passkeys.RemoveAll(key => key.Id == withdraw.Key);
                person.EndSessions();
                break;
            case PeopleChange.Deactivate:
                person.Active = false;
                person.Roles = Roles.None;
                person.Passkeys.Clear();
                person.Link = null;
                person.EndSessions();
                break;
            default:
                person.Link = OneTimeLink.Of(token, proposal.CodeDigest, now);
                break;
        }
    }

    private async Task<IReadOnlyCollection<PersonFacts>> Everybody() => [.. (await book.All()).Select(person => person.Facts)];

    private static string SubjectOf(PeopleChange? change) => change?.About ?? "people";

    // A label that is about to be refused must not enter the trail by that (R19).
    private static object FactsOf(Guid proposal, PeopleChange? change) => new
    {
        proposal = proposal.ToString("N"),
        change = change?.GetType().Name,
        role = change switch
        {
            PeopleChange.NewPerson made => made.Role,
            PeopleChange.GiveRole give => give.Role,
            PeopleChange.TakeRole take => take.Role,
            _ => (Roles?)null,
        },
        label = change is PeopleChange.NewPerson { Label: var label } ? WorkLabel.IsRight(label) ? label : "withheld" : null,
    };
}
