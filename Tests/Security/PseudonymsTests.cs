using Microsoft.Extensions.Time.Testing;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Security;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Tests.Security;

/// <summary>A pseudonym stands for a reference as long as its month's secret is kept, and leads nowhere without it.</summary>
public sealed class PseudonymsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    private string File => Path.Combine(folder["keys"], Pseudonyms.FileName);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_reference_has_one_pseudonym_a_month_also_after_a_start_and_each_reference_its_own()
    {
        using var first = Open();
        var one = first.Of("case-1");
        using var second = Open();

        Assert.Equal(one, second.Of("case-1"));
        Assert.NotEqual(one, second.Of("case-2"));
        Assert.StartsWith("2026-11-", one, StringComparison.Ordinal);
        Assert.DoesNotContain("case", one, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void The_secret_rotates_by_the_month_and_what_it_made_is_found_until_it_is_destroyed()
    {
        using var pseudonyms = Open();
        var november = pseudonyms.Of("case-1");
        clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        var december = pseudonyms.Of("case-1");
        var found = pseudonyms.AllOf("case-1");
        clock.SetUtcNow(new DateTimeOffset(2028, 12, 1, 0, 0, 0, TimeSpan.Zero));
        pseudonyms.Of("case-1");

        Assert.NotEqual(november[8..], december[8..]);
        Assert.Equal([november, december], found);
        Assert.DoesNotContain(november, pseudonyms.AllOf("case-1"));
        Assert.Contains(december, pseudonyms.AllOf("case-1"));
        Assert.DoesNotContain("2026-11", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_cluster_makes_others_of_the_same_reference()
    {
        using var here = Open();
        var one = here.Of("case-1");
        System.IO.File.Delete(File);
        using var there = Open();

        Assert.NotEqual(one, there.Of("case-1"));
    }

    [Fact]
    public void A_file_that_holds_no_secrets_is_named()
    {
        Directory.CreateDirectory(folder["keys"]);
        System.IO.File.WriteAllText(File, "nonsense\n");

        Assert.Equal(ErrorKind.DataLoss, Assert.Throws<RecordingClusterException>(Open).Kind);
    }

    private Pseudonyms Open() => new(new VaultOptions(folder["vault"], folder["keys"]), clock);
}
