using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Identity;

/// <summary>What the portal says of people.</summary>
internal static class PeopleText
{
    public static string Of(PeopleRefusal refusal, IStringLocalizer text) => refusal switch
    {
        PeopleRefusal.NotAllowed => text["Uw rol mag dit niet."],
        PeopleRefusal.Oneself => text["Over uzelf beslist een ander. Vraag een collega om dit te doen."],
        PeopleRefusal.SamePerson => text["U hebt dit zelf voorgesteld. Een ander moet het bevestigen."],
        PeopleRefusal.ProposerGone => text["Wie dit voorstelde, is geen systeembeheerder meer. Laat het opnieuw voorstellen."],
        PeopleRefusal.AlreadyDecided => text["Over dit voorstel is al beslist."],
        PeopleRefusal.Expired => text["Dit voorstel is verlopen. Laat het opnieuw voorstellen."],
        PeopleRefusal.NoSuchProposal => text["Dit voorstel is er niet (meer)."],
        PeopleRefusal.NoSuchPerson => text["Deze persoon is er niet (meer)."],
        PeopleRefusal.NoSuchRole => text["Deze rol is er niet. Kies een rol uit de lijst."],
        PeopleRefusal.NoSuchKey => text["Deze sleutel is er niet (meer)."],
        PeopleRefusal.LabelNotRight => text["Kies een werkaanduiding van 1 tot 40 tekens: kleine letters, cijfers en streepjes, en geen naam of nummer van een persoon. Bijvoorbeeld: camerabeheerder-2."],
        PeopleRefusal.HasRole => text["Deze persoon heeft de rol al."],
        PeopleRefusal.HasNotRole => text["Deze persoon heeft de rol niet."],
        PeopleRefusal.RolesExclude => text["Camerabeheerder, gemeentesecretaris, loco-secretaris, functionaris gegevensbescherming en systeembeheerder gaan niet samen. Neem eerst de andere rol af."],
        PeopleRefusal.LastOfRole => text["Dit is de laatste met deze rol. Zorg eerst dat een ander de rol heeft en zich heeft ingeschreven."],
        PeopleRefusal.LastKey => text["Dit is uw laatste sleutel. Voeg eerst een andere toe."],
        PeopleRefusal.LinkNotRight => text["Deze koppeling of code klopt niet, is al gebruikt of is verlopen. Vraag een nieuwe koppeling."],
        PeopleRefusal.KeyNotRight => text["Deze sleutel wordt hier niet herkend. Probeer het opnieuw, of vraag een nieuwe koppeling aan de systeembeheerder."],
        _ => text["Er is intussen iets veranderd. Laad de pagina opnieuw en probeer het nog eens."],
    };

    public static string Of(Roles role, IStringLocalizer text) => role switch
    {
        Roles.Official => text["medewerker"],
        Roles.Reception => text["receptie"],
        Roles.CameraAdministrator => text["camerabeheerder"],
        Roles.Secretary => text["gemeentesecretaris"],
        Roles.Deputy => text["loco-secretaris"],
        Roles.DataProtectionOfficer => text["functionaris gegevensbescherming"],
        Roles.Operator => text["systeembeheerder"],
        _ => text["geen rol"],
    };

    public static string All(Roles roles, IStringLocalizer text) => roles == Roles.None ? Of(Roles.None, text) : string.Join(", ", Each(roles).Select(role => Of(role, text)));

    public static IEnumerable<Roles> Each(Roles roles) => Enum.GetValues<Roles>().Where(role => role != Roles.None && (role & roles) != 0);

    public static string Of(PeopleChange change, Func<string, string> label, IStringLocalizer text) => change switch
    {
        PeopleChange.NewPerson made => text["Nieuwe persoon {0} met de rol {1}", made.Label, Of(made.Role, text)],
        PeopleChange.GiveRole give => text["{0} krijgt de rol {1}", label(give.Subject), Of(give.Role, text)],
        PeopleChange.TakeRole take => text["{0} verliest de rol {1}", label(take.Subject), Of(take.Role, text)],
        PeopleChange.WithdrawKey withdraw => text["Een sleutel van {0} wordt ingetrokken", label(withdraw.Subject)],
        PeopleChange.NewLink link => text["{0} krijgt een nieuwe koppeling om een sleutel in te schrijven", label(link.Subject)],
        PeopleChange.Deactivate gone => text["{0} kan zich niet meer aanmelden", label(gone.Subject)],
        _ => "",
    };
}
