using System.Collections.Immutable;
using System.Globalization;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Identity;

/// <summary>The links by which the first operator, secretary and officer enrol.</summary>
internal static class FirstLinks
{
    private static readonly ImmutableArray<(Roles Role, string Label)> Firsts =
    [
        (Roles.Operator, "systeembeheerder-1"),
        (Roles.Secretary, "gemeentesecretaris-1"),
        (Roles.DataProtectionOfficer, "fg-1"),
    ];

    /// <summary>A new link for each role in which nobody has ever enrolled. Older links of the same people end by it.</summary>
    public static async Task<ImmutableArray<(Person Person, string Token)>> Make(PeopleBook book, PeopleKey key, DateTimeOffset now)
    {
        var links = ImmutableArray.CreateBuilder<(Person, string)>();
        var people = await book.All();
        foreach (var (role, label) in Firsts.Where(first => !key.HasEnrolled(first.Role) && !people.Any(person => person.Facts.IsInPlaceAs(first.Role))))
        {
            var person = people.Find(person => person.Active && person.Roles == role) ?? Person.New(label, role, now);
            var token = Secret.New();
            person.Link = OneTimeLink.Of(token, codeDigest: null, now);
            await book.Save(person);
            links.Add((person, token));
        }

        return links.ToImmutable();
    }

    /// <summary>To the console and past the logger: a log is kept and read by others, these are for whoever stands here.</summary>
    public static async Task Print(ImmutableArray<(Person Person, string Token)> links, PortalAddress portal, TextWriter console)
    {
        if (links.IsEmpty)
        {
            return;
        }

        await console.WriteLineAsync("One-time links, each for one person and one key. They are shown this once and hold for 24 hours:");
        foreach (var (person, token) in links)
        {
            await console.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {person.Roles} ({person.Label}): {portal.EnrolmentLink(token)}"));
        }

        await console.FlushAsync();
    }
}
