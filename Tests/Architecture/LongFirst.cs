using RecordingCluster.Tests.Portal;
using RecordingCluster.Tests.Portal.Looking;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(RecordingCluster.Tests.Architecture.LongFirst))]

namespace RecordingCluster.Tests.Architecture;

/// <summary>Classes on real silos, cameras and browsers begin first: they take minutes and mostly wait, and the last of them should not be left alone with the machine.</summary>
internal sealed class LongFirst : ITestCollectionOrderer
{
    // By namespace, the longest first.
    private static readonly string[] Long =
        [".Faults.", ".Silo.", ".PostgreSql.", ".Portal.Walk.", LookingCollection.Name, PortalCollection.Name, ".Identity.", ".Capture.", ".Portal."];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(collection => Rank(collection))];

    private static int Rank(ITestCollection collection) =>
        Array.FindIndex(Long, space => collection.TestCollectionDisplayName.Contains(space, StringComparison.Ordinal)) is var at and >= 0 ? at : Long.Length;
}
