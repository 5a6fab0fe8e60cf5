using System.Text.Json;
using Microsoft.Playwright;

namespace RecordingCluster.Tests.Portal.Walk;

/// <summary>Somebody who has no mouse: goes from one thing to the next by the Tab key, and must see at each where one is.</summary>
internal sealed class Keyboard(IPage page)
{
    // More than any page has before what is looked for.
    private const int MostStops = 80;

    private const string Stop =
        """
        () => {
          const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
          const text = at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText ?? '';
          return [text.trim().split('\n')[0], at.tagName, style.outlineStyle, parseFloat(style.outlineWidth), box.width * box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth, at.getAttribute('href') ?? ''];
        }
        """;

    /// <summary>Goes on with Tab until what is called so has the focus.</summary>
    public Task TabTo(string name) => TabTo(name, (called, _) => called == name);

    private async Task TabTo(string what, Func<string, string, bool> isIt)
    {
        var passed = new List<string>();
        for (var stops = 0; stops < MostStops; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = (await page.EvaluateAsync<JsonElement>(Stop)).EnumerateArray().ToList();
            var called = stop[0].GetString()!;
            if (stop[1].GetString() != "BODY") // between the last and the first stands the browser itself
            {
                Assert.True(stop[2].GetString() == "solid" && stop[3].GetDouble() >= 2, $"The focus on \"{called}\" cannot be seen: {stop[2]} {stop[3]}.");
                Assert.True(stop[4].GetBoolean(), $"The focus is on \"{called}\", which is out of sight.");
            }

            passed.Add(called);
            if (isIt(called, stop[5].GetString()!))
            {
                return;
            }
        }

        Assert.Fail($"\"{what}\" was not reached by Tab, only: {string.Join(", ", passed.Distinct())}.");
    }

    /// <summary>Goes to a button or link and uses it.</summary>
    public async Task Use(string name)
    {
        await TabTo(name);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Goes to the link to an address and follows it: of many links with one name it is this one.</summary>
    public async Task Follow(string address)
    {
        await TabTo(address, (_, leads) => leads == address);
        await page.Keyboard.PressAsync("Enter");
    }

    public Task Press(string key) => page.Keyboard.PressAsync(key);

    public Task Type(string text) => page.Keyboard.TypeAsync(text);
}
