using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Portal;

namespace RecordingCluster.Silo.Identity;

/// <summary>The first start makes operator, secretary and officer, and prints their links. It happens once.</summary>
internal sealed class PeopleStart(IServiceScopeFactory scopes, PeopleKey key, PeopleTrail trail, DemoOptions demo, DemoPasskey passkey, PortalAddress portal, TimeProvider clock)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(PeopleKey), ServiceLifecycleStage.RuntimeStorageServices, _ => RefuseLostKey());

        // The trail answers from here on.
        observer.Subscribe(nameof(PeopleStart), ServiceLifecycleStage.Active, _ => Start());
    }

    private async Task RefuseLostKey()
    {
        await using var scope = scopes.CreateAsyncScope();
        if (key.IsNew && !await scope.ServiceProvider.GetRequiredService<PeopleBook>().IsEmpty())
        {
            key.Forget();
            throw new RecordingClusterException(
                ErrorKind.DataLoss,
                "The database holds people and the key folder has not the key that seals them, so nobody could sign in. Put back the file people of the key folder, or move database and key folder away to begin anew.");
        }
    }

    private async Task Start()
    {
        await using var scope = scopes.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<PeopleBook>();
        if (demo.SignIn)
        {
            await MakeDemoPeople(book);
            return;
        }

        if (key.IsNew)
        {
            await trail.Note("silo", "people/first-start", "people", AuditResult.Opened, new { });
            var links = await FirstLinks.Make(book, key, clock.GetUtcNow());
            await FirstLinks.Print(links, portal, Console.Out);
            await trail.Note("silo", "people/first-start", "people", AuditResult.Done, new { subjects = links.Select(link => link.Person.Subject) });
        }
    }

    private async Task MakeDemoPeople(PeopleBook book)
    {
        foreach (var (caller, dutch) in DemoPeople.All)
        {
            var person = await book.Find(caller.Subject) ?? new Person
            {
                Subject = caller.Subject,
                Label = dutch.Replace(' ', '-'),
                Roles = caller.Roles,
                Stamp = Secret.New(),
                MadeAt = clock.GetUtcNow(),
            };
            person.Passkeys.RemoveAll(key => key.Label == passkey.Label); // that of an earlier start went with its process
            person.Passkeys.Add(passkey.Of(caller.Subject));
            await book.Save(person);
        }
    }
}
