using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Tests.Vault;

/// <summary>Bytes that somebody else wrote: an error, never a hang, an endless allocation or a wrong answer.</summary>
public sealed class HostileBytesTests
{
    [Fact]
    public async Task The_part_reader_meets_hostile_files_with_an_error()
    {
        using var vault = new TestVault();
        var part = await vault.Write(3);
        var file = vault.FileOf(part);
        var sound = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var stored = vault.ReadAll(part);

        Fuzz.Run([sound], input =>
        {
            File.WriteAllBytes(file, input);
            Assert.Equal(stored, vault.ReadAll(part));
        });
    }

    [Fact]
    public void The_header_reader_meets_hostile_bytes_with_an_error()
    {
        var (_, sound) = PartHeader.Create(TestVault.Opening(new(GrainInterfaces.Recordings.RecordingId.New(), 1, 1)), Guid.NewGuid());

        Fuzz.Run([sound], input => PartHeader.Read(input, "test"));
    }

    [Fact]
    public async Task The_erasure_record_reader_meets_hostile_files_with_an_error()
    {
        using var vault = new TestVault();
        var part = await vault.Write(1);
        await vault.Vault.Erase(part.Recording);
        var file = Directory.EnumerateFiles(vault.Options.Folder, "*.erasure").Single();
        var sound = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

        Fuzz.Run([sound], input =>
        {
            File.WriteAllBytes(file, input);
            ErasureRecord.Read(file);
        });
    }
}
