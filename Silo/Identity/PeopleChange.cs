using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Identity;

/// <summary>What an operator may propose and a secretary or data protection officer confirm. Closed: all changes are listed here.</summary>
[JsonDerivedType(typeof(NewPerson), "new-person")]
[JsonDerivedType(typeof(GiveRole), "give-role")]
[JsonDerivedType(typeof(TakeRole), "take-role")]
[JsonDerivedType(typeof(WithdrawKey), "withdraw-key")]
[JsonDerivedType(typeof(NewLink), "new-link")]
[JsonDerivedType(typeof(Deactivate), "deactivate")]
internal abstract record PeopleChange
{
    private PeopleChange()
    {
    }

    /// <summary>Whom it is about; null for somebody who is not there yet.</summary>
    [JsonIgnore]
    public virtual string? About => null;

    /// <summary>Whether confirming it makes a one-time link.</summary>
    [JsonIgnore]
    public bool GivesLink => this is NewPerson or NewLink;

    public sealed record NewPerson(string Label, Roles Role) : PeopleChange;

    public sealed record GiveRole(string Subject, Roles Role) : PeopleChange
    {
        public override string? About => Subject;
    }

    public sealed record TakeRole(string Subject, Roles Role) : PeopleChange
    {
        public override string? About => Subject;
    }

    public sealed record WithdrawKey(string Subject, string Key) : PeopleChange
    {
        public override string? About => Subject;
    }

    public sealed record NewLink(string Subject) : PeopleChange
    {
        public override string? About => Subject;
    }

    public sealed record Deactivate(string Subject) : PeopleChange
    {
        public override string? About => Subject;
    }
}
