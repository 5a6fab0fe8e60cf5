using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Regulations.Texts;

/// <summary>Letter, sticker and spoken word, made from the regulation in force: what, why, how long, who may look, how to object.</summary>
internal static class Notices
{
    // Grows by one with each change of the wording below, so that a letter that was sent is known word for word.
    private const int WordingVersion = 1;

    public static NoticeTexts Of(RegulationInForce regulation, Language language)
    {
        var terms = regulation.Terms;
        var texts = language == Language.Dutch ? Dutch(terms) : English(terms);
        return new NoticeTexts(TextVersionOf(regulation), language, texts.Letter, texts.Sticker, texts.Spoken);
    }

    /// <summary>What is switched off changes the texts without a new version, and so it is part of their name.</summary>
    public static string TextVersionOf(RegulationInForce regulation) =>
        $"{regulation.Version}.w{WordingVersion}{(regulation.Terms.Recording ? regulation.Terms.Sound ? "" : ".picture-only" : ".off")}";

    private static (string Letter, string Sticker, string Spoken) Dutch(RegulationTerms terms)
    {
        if (!terms.Recording)
        {
            const string none = "Wij nemen uw gesprek niet op. De camera staat uit.";
            return (none, none, none);
        }

        var what = terms.Sound ? "beeld en geluid" : "beeld, zonder geluid";
        var retention = Wording.Of(terms.Retention, Language.Dutch);
        return (
            $"""
            Wij nemen uw gesprek op

            Wat nemen wij op?
            Wij nemen het gesprek op met een camera. De opname heeft {what}. De camera staat alleen aan tijdens het gesprek. Niemand kijkt live mee.

            Waarom doen wij dat?
            Wij willen dat u en onze medewerkers veilig zijn. De camera helpt om agressie en geweld te voorkomen. Wij gebruiken de opname nooit om te beoordelen hoe een medewerker werkt.

            Hoe lang bewaren wij de opname?
            Wij bewaren de opname {retention}. Daarna wordt de opname vanzelf gewist. Dat geldt voor alles wat is opgenomen. Langer bewaren kan niet.

            Wie mag de opname zien?
            Niemand, behalve als de gemeentesecretaris daar toestemming voor geeft. Dan mag één camerabeheerder één afgesproken stuk van de opname bekijken. Die toestemming geldt {Wording.Of(terms.GrantTerm, Language.Dutch)}. Wij schrijven op wie heeft gekeken, wanneer en waarom.

            Wilt u niet dat wij opnemen?
            Dan kunt u bezwaar maken: vóór het gesprek, tijdens het gesprek en erna. Zeg het tegen uw contactpersoon of tegen de medewerker in het gesprek. Wij stoppen dan meteen met opnemen. Iemand anders bekijkt uw bezwaar. Bezwaar maken kost niets en heeft geen gevolgen voor wat u bij ons regelt.

            Meer weten?
            Alle regels staan in ons camerareglement. U kunt het lezen op onze website of erom vragen bij de balie.
            """,
            $"""
            Camera in deze kamer
            Wij nemen het gesprek op: {what}.
            Voor de veiligheid van u en onze medewerkers.
            Na {retention} wordt de opname gewist. Bekijken mag alleen met toestemming van de gemeentesecretaris.
            Bezwaar? Zeg het ons. Dan stoppen wij.
            """,
            $"""
            Ik vertel u dat wij dit gesprek opnemen, met {what}. Dat doen wij voor uw en onze veiligheid. Na {retention} wordt de opname gewist. Niemand mag de opname bekijken, behalve met toestemming van de gemeentesecretaris. Wilt u dit niet, zeg het dan nu of later. Dan stop ik de opname meteen. Dat heeft voor u geen gevolgen.
            """);
    }

    private static (string Letter, string Sticker, string Spoken) English(RegulationTerms terms)
    {
        if (!terms.Recording)
        {
            const string none = "We do not record your talk. The camera is off.";
            return (none, none, none);
        }

        var what = terms.Sound ? "picture and sound" : "picture, without sound";
        var retention = Wording.Of(terms.Retention, Language.English);
        return (
            $"""
            We record your talk

            What do we record?
            We record the talk with a camera. The recording has {what}. The camera is on during the talk only. Nobody watches live.

            Why do we do this?
            We want you and our staff to be safe. The camera helps to prevent aggression and violence. We never use the recording to judge how a member of staff works.

            How long do we keep the recording?
            We keep the recording for {retention}. Then it is erased by itself. This holds for all that was recorded. It cannot be kept longer.

            Who may see the recording?
            Nobody, unless the municipal secretary gives permission. Then one camera administrator may look at one agreed part of the recording. That permission holds for {Wording.Of(terms.GrantTerm, Language.English)}. We write down who looked, when and why.

            Do you not want us to record?
            Then you can object: before the talk, during the talk and after it. Tell your contact, or the person you talk to. We then stop recording at once. Somebody else looks at your objection. Objecting costs nothing and has no effect on what you arrange with us.

            Do you want to know more?
            All rules are in our camera regulation. You can read it on our website or ask for it at the desk.
            """,
            $"""
            Camera in this room
            We record the talk: {what}.
            For your safety and that of our staff.
            After {retention} the recording is erased. It may be looked at only with the permission of the municipal secretary.
            Do you object? Tell us. We will stop.
            """,
            $"""
            I am telling you that we record this talk, with {what}. We do this for your safety and ours. After {retention} the recording is erased. Nobody may look at it, except with the permission of the municipal secretary. If you do not want this, say so now or later. I will then stop the recording at once. This has no consequences for you.
            """);
    }
}
