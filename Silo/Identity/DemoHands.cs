using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Portal;

namespace RecordingCluster.Silo.Identity;

/// <summary>Who of the demo's people has no passkey in the hand: the silo's signs for them, and a click signs them in anew.</summary>
internal sealed class DemoHands(DemoOptions demo, PeopleBook book)
{
    public async Task<bool> AreEmpty(string? subject) =>
        demo.SignIn && DemoPeople.Find(subject) is { } caller && await book.Find(caller.Subject) is { } person && person.Passkeys.TrueForAll(DemoPasskey.IsOfSilo);
}
