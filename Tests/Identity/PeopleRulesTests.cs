using System.Collections.Immutable;
using CsCheck;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Tests.Identity;

/// <summary>Roles are given and taken by two people (R15): the rules alone.</summary>
public sealed class PeopleRulesTests
{
    private const string Operator = "usr_operator", Secretary = "usr_secretary", Officer = "usr_officer", Administrator = "usr_administrator", Newcomer = "usr_newcomer";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableArray<PersonFacts> People =
    [
        Enrolled(Operator, Roles.Operator),
        Enrolled(Secretary, Roles.Secretary),
        Enrolled(Officer, Roles.DataProtectionOfficer),
        Enrolled(Administrator, Roles.CameraAdministrator | Roles.Official),
        Enrolled(Newcomer, Roles.None),
    ];

    [Fact]
    public void An_operator_proposes_and_secretary_or_officer_confirms()
    {
        var change = new PeopleChange.GiveRole(Newcomer, Roles.CameraAdministrator);

        var proposers = People.Where(person => PeopleRules.WhyNotPropose(change, person.Subject, People) is null).Select(person => person.Subject);
        var confirmers = People.Where(person => PeopleRules.WhyNotConfirm(Proposed(change), person.Subject, People, Now) is null).Select(person => person.Subject);

        Assert.Equal([Operator], proposers);
        Assert.Equal([Secretary, Officer], confirmers);
    }

    [Fact]
    public void Nobody_proposes_or_decides_about_oneself()
    {
        var ofOperator = new PeopleChange.GiveRole(Operator, Roles.Official);
        var ofSecretary = new PeopleChange.GiveRole(Secretary, Roles.Official);

        Assert.Equal(PeopleRefusal.Oneself, PeopleRules.WhyNotPropose(ofOperator, Operator, People));
        Assert.Equal(PeopleRefusal.Oneself, PeopleRules.WhyNotConfirm(Proposed(ofSecretary), Secretary, People, Now));
        Assert.Equal(PeopleRefusal.Oneself, PeopleRules.WhyNotDecide(Proposed(ofSecretary), Secretary, People, Now));
        Assert.Null(PeopleRules.WhyNotConfirm(Proposed(ofSecretary), Officer, People, Now));
    }

    [Fact]
    public void Who_proposed_does_not_confirm_whatever_became_of_the_role()
    {
        var moved = People.Replace(People[0], Enrolled(Operator, Roles.Secretary));

        var refusal = PeopleRules.WhyNotConfirm(Proposed(new PeopleChange.GiveRole(Newcomer, Roles.Official)), Operator, moved, Now);

        Assert.Equal(PeopleRefusal.SamePerson, refusal);
    }

    [Fact]
    public void What_an_operator_proposed_lapses_with_the_role()
    {
        var moved = People.Replace(People[0], Enrolled(Operator, Roles.Official));

        var refusal = PeopleRules.WhyNotConfirm(Proposed(new PeopleChange.GiveRole(Newcomer, Roles.Official)), Secretary, moved, Now);

        Assert.Equal(PeopleRefusal.ProposerGone, refusal);
    }

    [Fact]
    public void A_proposal_holds_for_seven_days_and_is_decided_once()
    {
        var change = new PeopleChange.GiveRole(Newcomer, Roles.Official);
        var open = Proposed(change);
        var decided = open with { Phase = new ProposalPhase.Refused(Officer, Now) };

        Assert.Null(PeopleRules.WhyNotConfirm(open, Secretary, People, Now.AddDays(7).AddTicks(-1)));
        Assert.Equal(PeopleRefusal.Expired, PeopleRules.WhyNotConfirm(open, Secretary, People, Now.AddDays(7)));
        Assert.Equal(PeopleRefusal.AlreadyDecided, PeopleRules.WhyNotConfirm(decided, Secretary, People, Now));
    }

    [Fact]
    public void The_four_exclude_each_other_when_proposed_and_again_when_confirmed()
    {
        var change = new PeopleChange.GiveRole(Newcomer, Roles.CameraAdministrator);
        var meanwhile = People.Replace(People[4], Enrolled(Newcomer, Roles.Operator));

        Assert.Null(PeopleRules.WhyNotPropose(change, Operator, People));
        Assert.Equal(PeopleRefusal.RolesExclude, PeopleRules.WhyNotPropose(change, Operator, meanwhile));
        Assert.Equal(PeopleRefusal.RolesExclude, PeopleRules.WhyNotConfirm(Proposed(change), Secretary, meanwhile, Now));
    }

    [Fact]
    public void An_official_may_also_sit_at_reception_and_administer_cameras()
    {
        Assert.True(RoleRules.GoTogether(Roles.Official | Roles.Reception | Roles.CameraAdministrator));
        Assert.False(RoleRules.GoTogether(Roles.CameraAdministrator | Roles.Secretary));
    }

    [Theory]
    [InlineData(Operator, Roles.Operator, Secretary)]
    [InlineData(Secretary, Roles.Secretary, Officer)]
    [InlineData(Officer, Roles.DataProtectionOfficer, Secretary)]
    public void The_last_of_a_role_stays_until_another_can_sign_in(string last, Roles role, string confirmer)
    {
        // A second operator proposes where the first one is meant, and has no key at first.
        ImmutableArray<PersonFacts> invited = [.. People, new("usr_second", role, true, []), Enrolled("usr_proposer", role == Roles.Operator ? Roles.None : Roles.Operator)];
        var enrolled = invited.Replace(invited[5], Enrolled("usr_second", role));
        var left = invited.Replace(invited[5], Enrolled("usr_second", role) with { Active = false });
        PeopleRefusal? Confirm(PeopleChange change, ImmutableArray<PersonFacts> people) => PeopleRules.WhyNotConfirm(
            Proposed(change) with { By = role == Roles.Operator ? "usr_second" : "usr_proposer" }, confirmer, people, Now);

        foreach (PeopleChange change in new PeopleChange[] { new PeopleChange.TakeRole(last, role), new PeopleChange.Deactivate(last) })
        {
            Assert.Equal(PeopleRefusal.LastOfRole, Confirm(change, invited));
            Assert.Null(Confirm(change, enrolled));
            Assert.NotNull(Confirm(change, left));
        }
    }

    [Theory]
    [InlineData(Roles.None)]
    [InlineData(Roles.Silo)]
    [InlineData(Roles.BookingSystem)]
    [InlineData(Roles.Official | Roles.Reception)]
    [InlineData((Roles)1024)]
    public void Only_one_role_for_people_is_given_at_a_time(Roles role)
    {
        Assert.Equal(PeopleRefusal.NoSuchRole, PeopleRules.WhyNotPropose(new PeopleChange.GiveRole(Newcomer, role), Operator, People));
        Assert.Equal(PeopleRefusal.NoSuchRole, PeopleRules.WhyNotPropose(new PeopleChange.NewPerson("receptie-2", role), Operator, People));
    }

    [Theory]
    [InlineData("jan@gemeente.nl")]
    [InlineData("Jan Jansen")]
    [InlineData("bsn-111222333")]
    [InlineData("")]
    public void A_new_person_gets_a_word_for_the_work_and_no_personal_data(string label) =>
        Assert.Equal(PeopleRefusal.LabelNotRight, PeopleRules.WhyNotPropose(new PeopleChange.NewPerson(label, Roles.Official), Operator, People));

    [Fact]
    public void Whatever_is_confirmed_no_person_ever_has_two_of_the_four_and_each_role_that_may_not_be_vacant_stays_filled()
    {
        var subjects = Gen.Int[0, People.Length - 1].Select(place => People[place].Subject);
        var known = Enum.GetValues<Roles>();
        var roles = Gen.Int[0, known.Length - 1].Select(place => known[place]);
        var changes = Gen.Select(subjects, roles, Gen.Int[0, 2]).Select((subject, role, kind) => (PeopleChange)(kind switch
        {
            0 => new PeopleChange.GiveRole(subject, role),
            1 => new PeopleChange.TakeRole(subject, role),
            _ => new PeopleChange.Deactivate(subject),
        }));
        var step = Gen.Select(changes, subjects, subjects);

        step.Array[1, 40].Sample(steps =>
        {
            var people = People;
            foreach (var (change, by, confirmer) in steps)
            {
                if (PeopleRules.WhyNotPropose(change, by, people) is null && PeopleRules.WhyNotConfirm(Proposed(change) with { By = by }, confirmer, people, Now) is null)
                {
                    people = Made(change, people);
                }
            }

            Assert.All(people, person => Assert.True(RoleRules.GoTogether(person.Roles)));
            Assert.All(PeopleText.Each(PeopleRules.NeverVacant), role => Assert.Contains(people, person => person.IsInPlaceAs(role)));
        });
    }

    private static ImmutableArray<PersonFacts> Made(PeopleChange change, ImmutableArray<PersonFacts> people)
    {
        var person = people.Single(person => person.Subject == change.About);
        return people.Replace(person, change switch
        {
            PeopleChange.GiveRole give => person with { Roles = person.Roles | give.Role },
            PeopleChange.TakeRole take => person with { Roles = person.Roles & ~take.Role },
            _ => person with { Roles = Roles.None, Active = false, Keys = [] },
        });
    }

    private static PersonFacts Enrolled(string subject, Roles roles) => new(subject, roles, true, ["key"]);

    private static ProposalFacts Proposed(PeopleChange change) => new(Operator, change, Now + Proposal.Term, new ProposalPhase.Open());
}
