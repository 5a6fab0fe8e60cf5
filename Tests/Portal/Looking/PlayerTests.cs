using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Tests.Portal.Walk;
using Microsoft.Playwright;

namespace RecordingCluster.Tests.Portal.Looking;

/// <summary>The player in each of its states, for all kinds of eyes, hands and screens (WCAG 2.2 AA).</summary>
[Collection(LookingCollection.Name)]
public sealed class PlayerTests(LookingTown town)
{
    private static readonly Caller Administrator = new("demo-administrator", Roles.CameraAdministrator);

    [Theory]
    [InlineData("nl", "Bekijken", "Inzage beëindigen")]
    [InlineData("en", "Look", "End the viewing")]
    public async Task Playing_paused_and_over_it_can_be_used_by_everybody(string language, string look, string stop)
    {
        var (request, desk) = (await town.Grant(Administrator, town.Recording), await town.SignInAs("camerabeheerder"));
        await PageLook.Open(desk.Page);
        await desk.Open($"/language/{language}?back=%2F");
        var player = await OpenPlayer.Begin(desk, request, look);
        if (language == "nl")
        {
            await desk.Keep("my-requests-request-playing");
        }

        var wrong = new List<string>(await At("playing"));
        await player.Plays();
        await desk.Page.Locator(".player__picture").FocusAsync();
        await desk.Page.Keyboard.PressAsync(" ");
        wrong.AddRange(await At("paused"));
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = stop }).ClickAsync();
        await Assertions.Expect(desk.Page.Locator(".player__over")).ToBeVisibleAsync();
        wrong.AddRange(await At("over"));

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        await town.Withdraw(request);

        async Task<IEnumerable<string>> At(string state)
        {
            var found = await PageLook.At(desk.Page, isDarkWhereWide: language == "en");
            await PageLook.Open(desk.Page);
            return found.Select(what => $"{state}: {what}");
        }
    }
}
