using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Access;

namespace RecordingCluster.Silo.Vault;

/// <summary>What opens fragments for a person: made of a grant under which the secretary's own signature was found to stand, and of nothing else.</summary>
/// <remarks>
/// The vault asks for one at every fragment that it opens. So neither a row in the database nor a mistake in the portal
/// opens a recording; only the secretary's word does, within its window and its term (R13, R14).
/// </remarks>
internal sealed class ViewingPermit
{
    private readonly GrantStatement statement;

    private ViewingPermit(GrantStatement statement) => this.statement = statement;

    public RecordingId Recording => statement.Recording;

    public TimeRange Window => statement.Grant.Window;

    /// <exception cref="RecordingClusterException">Denied: the grant is for another request or person, or nobody who may decide signed it.</exception>
    public static async Task<ViewingPermit> Of(GrantUse use, IGrantWitness witness)
    {
        var signed = use.Grant;
        if (signed.Statement.Request != use.Request || signed.Statement.Grant.Person != use.Person)
        {
            throw Refused("it is another person's, or of another request");
        }

        return await witness.WhyNot(signed) is { } why ? throw Refused(why) : new ViewingPermit(signed.Statement);
    }

    /// <exception cref="RecordingClusterException">Denied: the stretch lies outside, or the term has passed.</exception>
    public void Check(RecordingId recording, TimeRange stretch, DateTimeOffset now)
    {
        if (recording != Recording || !Window.Overlaps(stretch) || now >= statement.Grant.ValidUntil)
        {
            throw Refused("it is not for this stretch of this recording now");
        }
    }

    private static RecordingClusterException Refused(string why) =>
        new(ErrorKind.Denied, $"The grant opens nothing: {why}. Ask anew, and let the secretary decide.");
}
