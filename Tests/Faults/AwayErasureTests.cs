using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>A recording is to be erased while a server that has some of it is away.</summary>
public sealed class AwayErasureTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    // Long enough to record, kill and take over on a slow machine.
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(50);

    [Fact]
    public async Task What_fell_due_is_erased_when_the_server_is_back_before_it_serves_anything_and_the_certificate_says_so()
    {
        await using var two = await TwoSilos.Start(Term, copies: true);
        var (_, recording, killed, left) = await two.RecordOnBoth();
        await SiloProcess.Until(async () => (await left.Read(recording)).Stage == RecordingStage.Expired, Term + Soon, () => "Its term does not pass.");
        using (SiloProcess.As(Caller.Silo))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => left.Client.Recording(recording).Expire());
        }

        await CheckErasedOnReturn(two, recording, killed, left, ErasureReason.TermPassed, [left.Name]);
    }

    [Fact]
    public async Task What_was_to_be_erased_by_an_objection_is_erased_when_the_server_is_back_before_it_serves_anything()
    {
        await using var two = await TwoSilos.Start();
        var (booking, recording, killed, left) = await two.RecordOnBoth();
        await left.PutObjection(booking);
        await Assert.ThrowsAnyAsync<Exception>(() => left.DecideObjection(booking, 1, isUpheld: true)); // it stands, and says that a server is away

        await CheckErasedOnReturn(two, recording, killed, left, ErasureReason.ObjectionUpheld, []);
    }

    private static async Task CheckErasedOnReturn(TwoSilos two, RecordingId recording, SiloProcess killed, SiloProcess left, ErasureReason reason, string[] copiesIn)
    {
        var meanwhile = await left.Read(recording);
        var (there, here) = (Parts(killed, recording), Parts(left, recording));

        await killed.ComeBack();
        await SiloProcess.Until(async () => (await left.Read(recording)).Certificate is not null, Soon, () => $"It is not certified.\n{two.Logs}");

        var certificate = (await left.Read(recording)).Certificate!;
        var log = killed.Log[killed.Log.LastIndexOf("was left open by a crash", StringComparison.Ordinal)..];
        Assert.Null(meanwhile.Certificate);
        Assert.Equal((1, 0, 0), (there, here, Parts(killed, recording)));
        Assert.Equal((2, false, reason), (certificate.Parts.Count(part => part.CopyIn is null), certificate.OpensAfterwards, certificate.Reason));
        Assert.Equal(copiesIn, certificate.Parts.Select(part => part.CopyIn).OfType<string>());
        Assert.Contains($"The server of the vault {killed.Name} was away at", certificate.Method, StringComparison.Ordinal);
        Assert.InRange(log.IndexOf("was erased at this silo's start", StringComparison.Ordinal), 0, log.IndexOf("Now listening on", StringComparison.Ordinal));
    }

    private static int Parts(SiloProcess silo, RecordingId recording) => Directory.EnumerateFiles(silo.Vault, $"{recording.Value:N}-*.part").Count();
}
