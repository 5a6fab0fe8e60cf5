using Microsoft.Playwright;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Tests.Faults;

namespace RecordingCluster.Tests.Portal.Looking;

/// <summary>Somebody signed in a while ago, read what was allowed, and presses now.</summary>
[Collection(LookingCollection.Name)]
public sealed class StaleSignInTests(LookingTown town)
{
    private static readonly Caller Administrator = new("demo-administrator", Roles.CameraAdministrator);

    [Fact]
    public async Task Whoever_signed_in_too_long_ago_to_look_is_asked_for_the_passkey_once_more_and_then_looks()
    {
        var request = await town.Grant(Administrator, town.Recording);
        var desk = await town.SignInAs("camerabeheerder");
        await desk.Open("/my-keys");
        await desk.PressAndGoOn("Toevoegen");
        await desk.Open($"/my-requests/{request}");
        var signIns = 0;
        desk.Page.Response += (_, answer) => signIns += answer is { Ok: true } && new Uri(answer.Url).AbsolutePath is "/people/sign-in" ? 1 : 0;
        await GrowStale(desk.Page);

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Bekijken" }).ClickAsync();

        await new OpenPlayer(desk.Page).Seen("document.querySelector('video')?.currentTime > 0.5");
        Assert.Equal(1, signIns);
        await town.Withdraw(request);
    }

    // In the long form the minutes pass; in the short form the first answer is the one that comes then.
    private static Task GrowStale(IPage page) => LongForm.IsAsked
        ? Task.Delay(Sessions.Fresh + TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken)
        : page.RouteAsync(
            "**/viewings",
            route => route.FulfillAsync(new() { Status = 401, ContentType = Problem.MediaType, Body = $$"""{"type":"{{FreshSignIn.ProblemType}}"}""" }),
            new() { Times = 1 });
}
