using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using Orleans.Reminders;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Storage;

/// <summary>A real silo on a real database, with nothing in memory that should be on disk.</summary>
internal sealed class TestSilo(IHost host) : IAsyncDisposable
{
    public const string ServiceId = "storage-test";

    public IGrainFactory Grains => Service<IGrainFactory>();

    public static TestSilo Build(TestDatabase database, FakeTimeProvider? reminderClock = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TickSignal>();
        if (reminderClock is not null)
        {
            builder.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, reminderClock);
        }

        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (ServiceId, ServiceId))
            .ConfigureEndpoints(IPAddress.Loopback, Ports.Free(), Ports.Free())
            .UseStorage(database.Open));
        return new TestSilo(builder.Build());
    }

    public static async Task<TestSilo> Start(TestDatabase database, FakeTimeProvider? reminderClock = null)
    {
        var silo = Build(database, reminderClock);
        await silo.host.StartAsync(TestContext.Current.CancellationToken);
        return silo;
    }

    private readonly IHost host = host;

    public T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(TestContext.Current.CancellationToken);
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
