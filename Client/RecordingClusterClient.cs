using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Client;

/// <summary>Puts a client of the recording cluster into an application. Inject <see cref="RoomBooking"/> afterwards.</summary>
public static class RecordingClusterClient
{
    private const string ClusterName = "recording-cluster";

    /// <exception cref="ArgumentException">No gateway is named, or no certificate.</exception>
    public static IHostApplicationBuilder AddRecordingCluster(this IHostApplicationBuilder builder, Action<RecordingClusterOptions> configure)
    {
        var options = new RecordingClusterOptions();
        configure(options);
        if (options.Gateways.Count == 0)
        {
            throw new ArgumentException("Gateways names no silo. An example that is right: 10.0.5.2 port 30000.", nameof(configure));
        }

        var files = options.Certificates
            ?? throw new ArgumentException("Certificates names no files. An example that is right: CertificateFiles.In(\"/etc/recording-cluster\", \"room-booking\").", nameof(configure));
        builder.Services.AddSingleton(provider => new ClusterCertificates(files, TimeProvider.System, provider.GetRequiredService<ILogger<ClusterCertificates>>()));
        builder.Services.AddSingleton<IClusterCertificates>(provider => provider.GetRequiredService<ClusterCertificates>());
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<MutualTls>(provider, TimeProvider.System));
        builder.Services.AddOptions<ClientConnectionOptions>().Configure<MutualTls>((connections, tls) => connections.ConfigureConnection(tls.Connect));
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (ClusterName, ClusterName));
            client.UseStaticClustering([.. options.Gateways]);
            client.AddOutgoingGrainCallFilter<CallAsService>();
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<CallerSigner>();
        builder.Services.AddSingleton<RoomBooking>();
        return builder;
    }
}
