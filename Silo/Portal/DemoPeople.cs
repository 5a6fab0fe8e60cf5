using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Portal;

/// <summary>The people one can be in a demo, one for each role.</summary>
internal static class DemoPeople
{
    public static ImmutableArray<(Caller Caller, string Dutch)> All { get; } =
    [
        (new Caller("demo-official", Roles.Official), "medewerker"),
        (new Caller("demo-reception", Roles.Reception), "receptie"),
        (new Caller("demo-administrator", Roles.CameraAdministrator), "camerabeheerder"),
        (new Caller("demo-secretary", Roles.Secretary), "gemeentesecretaris"),
        (new Caller("demo-deputy", Roles.Deputy), "loco-secretaris"),
        (new Caller("demo-officer", Roles.DataProtectionOfficer), "functionaris gegevensbescherming"),
        (new Caller("demo-operator", Roles.Operator), "systeembeheerder"),
    ];

    public static Caller? Find(string? subject) => All.Select(person => person.Caller).FirstOrDefault(caller => caller.Subject == subject);
}
