using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Refuses the start of a silo whose name another one has: its vault would be asked in the place of the other's.</summary>
internal sealed class SiloNameCheck(IClusterMembershipService membership, ILocalSiloDetails self) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(SiloNameCheck), ServiceLifecycleStage.ApplicationServices, _ => Check());

    private async Task Check()
    {
        await membership.Refresh();

        // One of the same address is this silo before it was killed.
        var other = membership.CurrentSnapshot.Members.Values.FirstOrDefault(member =>
            member.Status == SiloStatus.Active && member.Name == self.Name && !member.SiloAddress.Endpoint.Equals(self.SiloAddress.Endpoint));
        if (other is not null)
        {
            throw RecordingClusterException.Invalid("Certificates:Name", $"is {self.Name}, and so is that of the silo at {other.SiloAddress.Endpoint}, which runs.", "Give each silo a certificate of its own name: certificates issue --role silo --name silo-2.");
        }
    }
}
