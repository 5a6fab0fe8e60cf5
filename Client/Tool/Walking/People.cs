namespace RecordingCluster.Tool.Walking;

/// <summary>Who does the people's steps, each signed in once for all walks.</summary>
internal sealed record People(Person Reception, Person Administrator, Person Secretary, Person Officer) : IDisposable
{
    public static async Task<People> SignIn(Uri portal, string certificates) => new(
        await Person.SignIn(portal, certificates, "demo-reception"),
        await Person.SignIn(portal, certificates, "demo-administrator"),
        await Person.SignIn(portal, certificates, "demo-secretary"),
        await Person.SignIn(portal, certificates, "demo-officer"));

    public void Dispose()
    {
        Reception.Dispose();
        Administrator.Dispose();
        Secretary.Dispose();
        Officer.Dispose();
    }
}
