using System.Net;

namespace RecordingCluster.Tool.Walking;

/// <summary>Who does the people's steps at one portal, each signed in once for all walks.</summary>
internal sealed record People(Person Reception, Person Administrator, Person Secretary, Person Officer) : IDisposable
{
    /// <param name="portal">The portal's address.</param>
    /// <param name="certificates">The folder with ca.crt.</param>
    /// <param name="at">Which silo's portal it is, where several have one name.</param>
    public static async Task<People> SignIn(Uri portal, string certificates, IPAddress? at) => new(
        await Person.SignIn(portal, certificates, at, "demo-reception"),
        await Person.SignIn(portal, certificates, at, "demo-administrator"),
        await Person.SignIn(portal, certificates, at, "demo-secretary"),
        await Person.SignIn(portal, certificates, at, "demo-officer"));

    public void Dispose()
    {
        Reception.Dispose();
        Administrator.Dispose();
        Secretary.Dispose();
        Officer.Dispose();
    }
}
