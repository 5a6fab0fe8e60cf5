using System.Globalization;
using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Silo.Vault;
using RecordingCluster.Tests.PostgreSql;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>Many recordings fall due while the silos that have them are killed one after the other.</summary>
public sealed class ExpiryFaultsTests
{
    private static readonly int Recordings = LongForm.Times(60, 5000);
    private static readonly int MostKills = LongForm.Times(2, 40);

    // Rows, files and the start of both silos take less, where a machine is not slow.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(LongForm.Times(25, 180));

    // At most 5 min after the silos are back (R9); a reminder that failed ticks again after a minute here.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Recordings_that_fall_due_while_silos_are_killed_are_each_erased_and_certified_once_and_none_is_shown_late()
    {
        var server = PostgreSqlServer.Shared;
        DueRecordings? put = null;
        string database = null!;
        await using var two = await TwoSilos.Start(before: (silo, data, address) =>
        {
            database = address.Database;
            put ??= new DueRecordings(Recordings, TimeProvider.System.GetUtcNow() + Lead);
            put.Put(silo, data, address);
        });
        var due = put!;
        await using var late = new LateLooks(two, due);
        await SiloProcess.Until(() => Task.FromResult(TimeProvider.System.GetUtcNow() >= due.Due), Lead, () => "Time stands still.");

        var (kills, inTheMidst) = (0, 0);
        for (; kills < MostKills && !IsAllGone(); kills++)
        {
            var victim = kills % 2 == 0 ? two.First : two.Second;
            await Moment(LongForm.Times(600, 4000));
            inTheMidst += Certificates().Count is > 0 and var certified && certified < Recordings ? 1 : 0;
            await victim.Kill();
            await victim.ComeBack();
        }

        await SiloProcess.Until(() => Task.FromResult(IsAllGone()), Longest, () => $"{Certificates().Count} of {Recordings} are certified.\n{two.Logs}");
        var took = TimeProvider.System.GetUtcNow() - due.Due;
        await late.DisposeAsync();

        var certificates = Certificates();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{certificates.Count} erased and certified {took.TotalSeconds:F0} s after their term, with {kills} kills, {inTheMidst} of them when some were certified and some not; looked {late.Answers} times");
        Assert.Equal(due.Ids.OrderBy(id => id.Value), certificates.Select(certificate => certificate.Recording).OrderBy(id => id.Value));
        Assert.All(certificates, certificate => Assert.Equal(
            (due.PartsOf(certificate.Recording), false, ErasureReason.TermPassed), (certificate.Parts.Length, certificate.OpensAfterwards, certificate.Reason)));
        Assert.All(certificates, certificate => Assert.All(certificate.Parts, part => Assert.NotEmpty(part.Sha256))); // its file was there
        Assert.All(certificates, certificate => Assert.True(certificate.ErasedAt >= due.Due, $"{certificate.Recording} was erased at {certificate.ErasedAt:O}, before its term."));
        Assert.Empty(late.Shown);
        Assert.True(late.Answers > 0, "Nobody could look.");
        Assert.All(new[] { two.First, two.Second }, silo => Assert.Empty(KeysOf(silo)));
        Assert.True(await TwoSilos.HasOneChain(two.First));

        List<Certificate> Certificates() => [.. server.Run(database, $"SELECT detail FROM audit_trail WHERE deed = '{Certificate.Deed}'")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(AuditDetail.Read<Certificate>)];

        // The rows of grains and of reminders go together, after the certificate.
        bool IsAllGone() => Count("SELECT count(*) FROM OrleansStorage WHERE GrainTypeString = 'recording'") + Count("SELECT count(*) FROM OrleansRemindersTable WHERE ReminderName = 'expiry'") + Left() == 0;

        int Count(string sql) => int.Parse(server.Run(database, sql), CultureInfo.InvariantCulture);

        // Recordings of which there is a file anywhere.
        int Left() => new[] { two.First, two.Second }
            .SelectMany(silo => Directory.EnumerateFiles(silo.Vault, $"*{FileVault.PartExtension}")).Select(file => Path.GetFileName(file)[..32]).Distinct().Count();
    }

    private static IReadOnlyCollection<RecordingId> KeysOf(SiloProcess silo)
    {
        using var ring = new KeyRingFile(Path.Combine(silo.Data, "keys"), []).Look();
        return [.. ring.Keys.Keys];
    }

    private static async Task Moment(int mostMilliseconds)
    {
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, mostMilliseconds)));
        await moment.WaitForNextTickAsync();
    }
}
