using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Access;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Tests.Vault;

/// <summary>Permits for tests of what the vault does with one; how one comes about is tested beside it.</summary>
internal static class TestPermit
{
    private static readonly GrantStatement Everything = new(
        AccessRequestId.New(), default, new Grant("administrator-1", new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), 1, DateTimeOffset.MaxValue, "secretary-1", default));

    /// <summary>Opens all of a recording, for ever.</summary>
    public static ViewingPermit For(RecordingId recording) => For(Everything with { Recording = recording });

    public static ViewingPermit For(GrantStatement statement) =>
        ViewingPermit.Of(new GrantUse(new SignedGrant(statement, new PasskeySignature([], [], [], [])), statement.Request, statement.Grant.Person), new Agreeing())
            .GetAwaiter().GetResult(); // done when it is returned: this witness waits for nothing

    private sealed class Agreeing : IGrantWitness
    {
        public Task<string?> WhyNot(SignedGrant signedGrant) => Task.FromResult<string?>(null);

        public Task<string?> WhyNot(SignedAppointment signedAppointment) => Task.FromResult<string?>(null);
    }
}
