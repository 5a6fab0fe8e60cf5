using Microsoft.Playwright;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal.Looking;

/// <summary>A disk that rots takes from a viewing what it took, and nothing else; who looks is told what that is.</summary>
[Collection(LookingCollection.Name)]
public sealed class DamagedViewingTests(LookingTown town)
{
    private const int Fragments = 8;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly Caller Administrator = new("demo-administrator", Roles.CameraAdministrator);

    [Fact]
    public async Task What_comes_after_a_damaged_picture_is_played()
    {
        var recording = await town.Record(Fragments);
        await Change(recording, bytes => bytes[bytes.Length / 2] ^= 1);

        var page = await PlayToTheEnd(recording);

        Assert.Equal(2, await page.EvaluateAsync<int>("document.querySelector('video').buffered.length")); // before it, and after it
    }

    [Fact]
    public async Task What_comes_before_an_end_that_was_cut_off_is_played()
    {
        var recording = await town.Record(Fragments);
        var file = FileOf(recording);
        await using (var end = file.Open(FileMode.Open, FileAccess.Write))
        {
            end.SetLength(file.Length * 2 / 3);
        }

        var page = await PlayToTheEnd(recording);

        Assert.InRange(await page.EvaluateAsync<double>("document.querySelector('video').duration"), 2, Fragments - 1);
    }

    private async Task<IPage> PlayToTheEnd(RecordingId recording)
    {
        var request = await town.Grant(Administrator, recording);
        var desk = await town.SignInAs("camerabeheerder");
        await desk.Open($"/my-requests/{request}");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Bekijken" }).ClickAsync();
        await SiloProcess.Until(() => desk.Page.EvaluateAsync<bool>("document.querySelector('video')?.ended ?? false"), Soon, () => $"It is not played to its end.\n{town.Silo.Log}");

        await Assertions.Expect(desk.Page.Locator("[data-shows=damaged]")).ToContainTextAsync("Dit is opgenomen, maar beschadigd, en kan niet worden getoond: ");
        return desk.Page;
    }

    private async Task Change(RecordingId recording, Action<byte[]> change)
    {
        var file = FileOf(recording).FullName;
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        change(bytes);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
    }

    private FileInfo FileOf(RecordingId recording) => new(Directory.EnumerateFiles(town.Silo.Vault, $"{recording.Value:N}-*").Single());
}
