using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Tests.Cluster;

/// <summary>A grain that streams, which none of the cluster's own does yet: the rules hold for the first that will.</summary>
[Alias("test.counting")]
internal interface ICountingGrain : IGrainWithStringKey
{
    [Alias("count"), AllowedTo(Roles.DataProtectionOfficer)]
    IAsyncEnumerable<int> Count(int to);

    [Alias("without-rule")]
    IAsyncEnumerable<int> WithoutRule(int to);
}

internal sealed class CountingGrain : Grain, ICountingGrain
{
    public async IAsyncEnumerable<int> Count(int to)
    {
        for (var number = 1; number <= to; number++)
        {
            await Task.Yield();
            yield return number;
        }
    }

    public IAsyncEnumerable<int> WithoutRule(int to) => Count(to);
}
