using Microsoft.Extensions.Logging.Abstractions;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Silo.Identity;

/// <summary><c>Silo people invite-first</c>: new links for the first people, where the first ones expired unused.</summary>
/// <remarks>
/// For whoever can read the data folder, its keys included, and only for roles in which nobody has ever enrolled. It may
/// run beside the silo: database and trail have one writer at a time, and the trail's grain finds the new entry.
/// </remarks>
internal static class PeopleCommand
{
    // The trail's grain may come in between; more often than a few times in a row it does not.
    private const int MostTries = 10;

    /// <exception cref="RecordingClusterException">NotFound: there was no first start here. Conflict: each role has its people.</exception>
    public static async Task InviteFirst(SiloSettings settings, TimeProvider clock, TextWriter console)
    {
        if (settings.Demo.SignIn || DemoFolder.HasMark(settings.Storage) || !PeopleKey.ExistsIn(settings.Storage.Keys))
        {
            throw new RecordingClusterException(ErrorKind.NotFound, $"There was no first start in {settings.Storage.Folder}. Start the silo: its first start prints the links.");
        }

        await using var database = settings.Storage.OpenDatabase();
        using var key = PeopleKey.OpenOrMake(settings.Storage.Keys);
        await using var tables = PeopleContext.On(database);
        using var broken = new BrokenSeals(null!, NullLogger<BrokenSeals>.Instance); // tells nobody: the silo itself will
        var book = new PeopleBook(tables, database, new PeopleSeal(key), broken);

        var opening = await Note(settings, database, clock, AuditResult.Opened, new { }, null);
        var links = await FirstLinks.Make(book, key, clock.GetUtcNow());
        if (links.IsEmpty)
        {
            await Note(settings, database, clock, AuditResult.Refused, new { reason = "each role has had its people" }, opening);
            throw new RecordingClusterException(ErrorKind.Conflict, "In each of the first roles somebody has enrolled, so no more links are given here. An operator proposes a new link in the portal, and secretary or officer confirms it.");
        }

        await Note(settings, database, clock, AuditResult.Done, new { subjects = links.Select(link => link.Person.Subject) }, opening);
        await FirstLinks.Print(links, new PortalAddress(settings.Network.PortalName, settings.Network.PortalPort), console);
    }

    private static async Task<long> Note(SiloSettings settings, Database database, TimeProvider clock, AuditResult result, object facts, long? opening)
    {
        var store = new AuditStore(database);
        var note = new AuditNote("command line", "people/invite-first", "people", "command line", result, opening, PeopleTrail.Json(facts));
        for (var tried = 0; tried < MostTries; tried++)
        {
            var entry = AuditChain.Next(await store.Last(settings.Plan.Site), note, clock.GetUtcNow());
            if (await store.TryAppend(settings.Plan.Site, [entry]))
            {
                return entry.Number;
            }
        }

        throw new RecordingClusterException(ErrorKind.Unavailable, "Another writer of the trail keeps coming first. Try again.");
    }
}
