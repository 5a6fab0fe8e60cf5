using System.Numerics;

namespace RecordingCluster.GrainInterfaces.Callers;

/// <summary>Which roles go together.</summary>
public static class RoleRules
{
    /// <summary>Who decides on looking back, the secretary in person or in the secretary's place.</summary>
    public const Roles Deciders = Roles.Secretary | Roles.Deputy;

    /// <summary>Who asks to look, who decides on it, who watches over both and who runs the machines are different people (R15).</summary>
    public const Roles Exclusive = Deciders | Roles.CameraAdministrator | Roles.DataProtectionOfficer | Roles.Operator;

    /// <summary>What a person can be; the other roles are a program's.</summary>
    public const Roles OfPeople = Exclusive | Roles.Official | Roles.Reception;

    /// <summary>Whether one caller may have all of these at once.</summary>
    public static bool GoTogether(Roles roles) =>
        BitOperations.PopCount((uint)(roles & Exclusive)) <= 1
        && ((roles & ~OfPeople) == 0 || BitOperations.IsPow2((int)roles)); // a program has one role and no other
}
