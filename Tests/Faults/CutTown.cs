using RecordingCluster.Tests.PostgreSql;

namespace RecordingCluster.Tests.Faults;

/// <summary>Two silos in the networks of a town hall, whose cables tests pull and put back. Each test leaves it whole.</summary>
public sealed class CutTown : IAsyncLifetime
{
    internal TownNetwork Network { get; private set; } = null!;

    internal PostgreSqlServer Database { get; private set; } = null!;

    internal TwoSilos Silos { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (TownNetwork.WhyNot() is null)
        {
            Network = await TownNetwork.Make();
            Database = PostgreSqlServer.StartAt(Network.AtServers);
            Silos = await TwoSilos.Start(server: Database, town: Network);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Silos is not null)
        {
            await Silos.DisposeAsync();
        }

        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        if (Network is not null)
        {
            await Network.DisposeAsync();
        }
    }
}
