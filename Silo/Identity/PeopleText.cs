using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Identity;

/// <summary>What the portal says of people, in Dutch.</summary>
internal static class PeopleText
{
    public static string Of(PeopleRefusal refusal) => refusal switch
    {
        PeopleRefusal.NotAllowed => "Uw rol mag dit niet.",
        PeopleRefusal.Oneself => "Over uzelf beslist een ander. Vraag een collega om dit te doen.",
        PeopleRefusal.SamePerson => "U hebt dit zelf voorgesteld. Een ander moet het bevestigen.",
        PeopleRefusal.ProposerGone => "Wie dit voorstelde, is geen systeembeheerder meer. Laat het opnieuw voorstellen.",
        PeopleRefusal.AlreadyDecided => "Over dit voorstel is al beslist.",
        PeopleRefusal.Expired => "Dit voorstel is verlopen. Laat het opnieuw voorstellen.",
        PeopleRefusal.NoSuchProposal => "Dit voorstel is er niet (meer).",
        PeopleRefusal.NoSuchPerson => "Deze persoon is er niet (meer).",
        PeopleRefusal.NoSuchRole => "Deze rol is er niet. Kies een rol uit de lijst.",
        PeopleRefusal.NoSuchKey => "Deze sleutel is er niet (meer).",
        PeopleRefusal.LabelNotRight => "Kies een werkaanduiding van 1 tot 40 tekens: kleine letters, cijfers en streepjes, en geen naam of nummer van een persoon. Bijvoorbeeld: camerabeheerder-2.",
        PeopleRefusal.HasRole => "Deze persoon heeft de rol al.",
        PeopleRefusal.HasNotRole => "Deze persoon heeft de rol niet.",
        PeopleRefusal.RolesExclude => "Camerabeheerder, gemeentesecretaris, loco-secretaris, functionaris gegevensbescherming en systeembeheerder gaan niet samen. Neem eerst de andere rol af.",
        PeopleRefusal.LastOfRole => "Dit is de laatste met deze rol. Zorg eerst dat een ander de rol heeft en zich heeft ingeschreven.",
        PeopleRefusal.LastKey => "Dit is uw laatste sleutel. Voeg eerst een andere toe.",
        PeopleRefusal.LinkNotRight => "Deze koppeling of code klopt niet, is al gebruikt of is verlopen. Vraag een nieuwe koppeling.",
        PeopleRefusal.KeyNotRight => "Deze sleutel wordt hier niet herkend. Probeer het opnieuw, of vraag een nieuwe koppeling aan de systeembeheerder.",
        _ => "Er is intussen iets veranderd. Laad de pagina opnieuw en probeer het nog eens.",
    };

    public static string Of(Roles role) => role switch
    {
        Roles.Official => "medewerker",
        Roles.Reception => "receptie",
        Roles.CameraAdministrator => "camerabeheerder",
        Roles.Secretary => "gemeentesecretaris",
        Roles.Deputy => "loco-secretaris",
        Roles.DataProtectionOfficer => "functionaris gegevensbescherming",
        Roles.Operator => "systeembeheerder",
        _ => "geen rol",
    };

    public static string All(Roles roles) => roles == Roles.None ? Of(Roles.None) : string.Join(", ", Each(roles).Select(Of));

    public static IEnumerable<Roles> Each(Roles roles) => Enum.GetValues<Roles>().Where(role => role != Roles.None && (role & roles) != 0);

    public static string Of(PeopleChange change, Func<string, string> label) => change switch
    {
        PeopleChange.NewPerson made => $"Nieuwe persoon {made.Label} met de rol {Of(made.Role)}",
        PeopleChange.GiveRole give => $"{label(give.Subject)} krijgt de rol {Of(give.Role)}",
        PeopleChange.TakeRole take => $"{label(take.Subject)} verliest de rol {Of(take.Role)}",
        PeopleChange.WithdrawKey withdraw => $"Een sleutel van {label(withdraw.Subject)} wordt ingetrokken",
        PeopleChange.NewLink link => $"{label(link.Subject)} krijgt een nieuwe koppeling om een sleutel in te schrijven",
        PeopleChange.Deactivate gone => $"{label(gone.Subject)} kan zich niet meer aanmelden",
        _ => "",
    };
}
