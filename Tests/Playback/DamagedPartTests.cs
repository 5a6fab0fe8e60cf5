using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Tests.Vault;

namespace RecordingCluster.Tests.Playback;

/// <summary>What a viewing shows of a part whose file is not what was written.</summary>
public sealed class DamagedPartTests : IDisposable
{
    private readonly TestVault vault = new();

    public void Dispose() => vault.Dispose();

    [Fact]
    public async Task Wherever_a_bit_is_flipped_what_comes_before_is_shown_and_the_rest_is_named()
    {
        var part = await vault.Write(3);
        var told = (await vault.Vault.Parts(part.Recording, [])).Single();
        var source = new ViewingSource(vault.Vault);
        var whole = source.Look(told, told.Span);
        var sound = await File.ReadAllBytesAsync(vault.FileOf(part), TestContext.Current.CancellationToken);
        var shown = new HashSet<int>();

        for (var at = 0; at < sound.Length; at++)
        {
            await File.WriteAllBytesAsync(vault.FileOf(part), [.. sound[..at], (byte)(sound[at] ^ 1), .. sound[(at + 1)..]], TestContext.Current.CancellationToken);
            var look = source.Look(told, told.Span);

            shown.Add(look.Fragments.Length);
            var until = look.Fragments.IsEmpty ? told.Span.From : look.Fragments[^1].Span.Until;
            Assert.Equal(whole.Fragments[..look.Fragments.Length], look.Fragments);
            Assert.Equal(until < told.Span.Until ? new TimeRange(until, told.Span.Until) : null, look.Damaged);
        }

        Assert.Equal([0, 1, 2, 3], shown.Order());
    }
}
