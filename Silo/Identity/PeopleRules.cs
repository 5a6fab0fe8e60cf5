using System.Numerics;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Identity;

/// <summary>Who may change what about whom (R15). Pure: the people as they are go in, the reason against it comes out.</summary>
internal static class PeopleRules
{
    /// <summary>Without one of each no role could ever be given or taken again.</summary>
    public const Roles NeverVacant = Roles.Operator | Roles.Secretary | Roles.DataProtectionOfficer;

    public const Roles Proposers = Roles.Operator;

    public const Roles Confirmers = Roles.Secretary | Roles.DataProtectionOfficer;

    /// <summary>Null when nothing stands against it.</summary>
    public static PeopleRefusal? WhyNotPropose(PeopleChange change, string by, IReadOnlyCollection<PersonFacts> people) =>
        Find(by, people) is not { Active: true } proposer || (proposer.Roles & Proposers) == 0 ? PeopleRefusal.NotAllowed
        : change.About == by ? PeopleRefusal.Oneself
        : WhyNotMake(change, people);

    /// <summary>Null when nothing stands against it. What was right when it was proposed is looked at again: people change meanwhile.</summary>
    public static PeopleRefusal? WhyNotConfirm(ProposalFacts proposal, string by, IReadOnlyCollection<PersonFacts> people, DateTimeOffset now) =>
        WhyNotDecide(proposal, by, people, now)
        ?? (WhyNotPropose(proposal.Change, proposal.By, people) is PeopleRefusal.NotAllowed ? PeopleRefusal.ProposerGone : (PeopleRefusal?)null)
        ?? WhyNotMake(proposal.Change, people);

    /// <summary>Null when nothing stands against deciding on it, whichever way.</summary>
    public static PeopleRefusal? WhyNotDecide(ProposalFacts proposal, string by, IReadOnlyCollection<PersonFacts> people, DateTimeOffset now) =>
        Find(by, people) is not { Active: true } confirmer || (confirmer.Roles & Confirmers) == 0 ? PeopleRefusal.NotAllowed
        : proposal.By == by ? PeopleRefusal.SamePerson
        : proposal.Change.About == by ? PeopleRefusal.Oneself
        : proposal.Phase is not ProposalPhase.Open ? PeopleRefusal.AlreadyDecided
        : now >= proposal.ExpiresAt ? PeopleRefusal.Expired
        : null;

    private static PeopleRefusal? WhyNotMake(PeopleChange change, IReadOnlyCollection<PersonFacts> people)
    {
        if (change is PeopleChange.NewPerson made)
        {
            return WhyNotRole(made.Role) ?? (WorkLabel.IsRight(made.Label) ? null : PeopleRefusal.LabelNotRight);
        }

        if (Find(change.About!, people) is not { Active: true } person)
        {
            return PeopleRefusal.NoSuchPerson;
        }

        return change switch
        {
            PeopleChange.GiveRole give => WhyNotRole(give.Role)
                ?? ((person.Roles & give.Role) != 0 ? PeopleRefusal.HasRole
                : RoleRules.GoTogether(person.Roles | give.Role) ? null
                : PeopleRefusal.RolesExclude),
            PeopleChange.TakeRole take => WhyNotRole(take.Role)
                ?? ((person.Roles & take.Role) == 0 ? PeopleRefusal.HasNotRole : WhyNotVacate(person, take.Role, people)),
            PeopleChange.Deactivate => WhyNotVacate(person, person.Roles, people),
            PeopleChange.WithdrawKey withdraw => person.Keys.Contains(withdraw.Key) ? null : PeopleRefusal.NoSuchKey,
            _ => null,
        };
    }

    private static PeopleRefusal? WhyNotRole(Roles role) => BitOperations.PopCount((uint)role) == 1 && (role & RoleRules.OfPeople) != 0 ? null : PeopleRefusal.NoSuchRole;

    // Another has to be there who can sign in: an invitation that nobody took up is no secretary.
    private static PeopleRefusal? WhyNotVacate(PersonFacts person, Roles roles, IReadOnlyCollection<PersonFacts> people) =>
        Enum.GetValues<Roles>().Where(role => role != Roles.None && (role & roles & NeverVacant) != 0).All(role => people.Any(other => other.Subject != person.Subject && other.IsInPlaceAs(role)))
            ? null
            : PeopleRefusal.LastOfRole;

    private static PersonFacts? Find(string subject, IReadOnlyCollection<PersonFacts> people) => people.FirstOrDefault(person => person.Subject == subject);
}

/// <summary>Why a change of people is not made.</summary>
internal enum PeopleRefusal
{
    NotAllowed,
    Oneself,
    SamePerson,
    ProposerGone,
    AlreadyDecided,
    Expired,
    NoSuchProposal,
    NoSuchPerson,
    NoSuchRole,
    NoSuchKey,
    LabelNotRight,
    HasRole,
    HasNotRole,
    RolesExclude,
    LastOfRole,
    LastKey,
    LinkNotRight,
    KeyNotRight,
    ChangedMeanwhile,
}
