using System.Globalization;
using System.Security.Authentication;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Runtime.MembershipService.SiloMetadata;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.Grains;
using RecordingCluster.Grains.Access;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Grains.Regulations;
using RecordingCluster.Silo.Away;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Copies;
using RecordingCluster.Silo.Hosting.Health;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Silo.Portal.Edge;
using RecordingCluster.Silo.Publishing;
using RecordingCluster.Silo.Security;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Trail;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Puts the one host together: silo, portal, dashboard, health and metrics.</summary>
internal static class SiloHost
{
    public const string ClusterName = "recording-cluster";

    // A part is closed within the 3 s that ffmpeg has for its last fragment, and a flush; this is many times that.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = SiloSettings.Read(builder.Configuration);
        DurableFile.MakeFolder(settings.Storage.Folder); // for the owner alone, before any part makes a folder in it
        if (settings.Demo.SignIn)
        {
            DemoFolder.Mark(settings.Storage);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(settings.Network.IPAddress, settings.Network.PortalPort, Secure);
            if (settings.Name is not null)
            {
                kestrel.Listen(settings.Network.IPAddress, settings.Network.VaultPort, PartListener.Secure);
            }

            if (settings.Network.ScrapePort is { } port)
            {
                kestrel.ListenLocalhost(port);
            }
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        var (clock, clockFile) = ClockFile.Open(settings.Storage, TimeProvider.System);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(clockFile);
        AddParts(builder.Services, settings);
        builder.Services.AddPeople(settings.Network, settings.Certificates.Name);
        builder.Services.AddSingleton(provider => new PasskeyCheck(provider.GetRequiredService<PortalAddress>().Name, provider.GetRequiredService<PortalAddress>().Origin));
        builder.Services.AddSingleton<IGrantWitness, PasskeyWitness>();
        builder.Services.AddPortal(settings.Demo, settings.Network);
        builder.Services.AddHealth(settings.Network, settings.Storage.SecondCopyOn is not null);
        Telemetry.AddMetrics(builder.Services, settings.Network);
        Telemetry.AddProcessing(builder.Services, settings.Processing);
        builder.UseOrleans(silo => Configure(silo, settings));

        var app = builder.Build();
        app.Services.GetRequiredService<ClusterCertificates>(); // before anything listens: a fault in them ends the start
        app.UsePartListener(settings.Network.VaultPort);
        app.UseScraping(settings.Network.ScrapePort);
        app.UsePortal();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous().WhileAway();
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = HealthAnswer.Write }).AllowAnonymous().WhileAway();
        app.MapPortal();
        app.MapPeople(settings.Demo);
        app.MapPlayback();
        app.MapDashboard();
        return app;
    }

    /// <summary>The parts behind the grains' ports. Tests put the same together.</summary>
    public static void AddParts(IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton(settings.Plan);
        services.AddSingleton(settings.Rules);
        services.AddSingleton(settings.Cameras);
        services.AddSingleton(settings.Capture);
        services.AddSingleton(settings.Storage);
        services.AddSingleton(provider => SiloCertificates.Open(settings, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IClusterCertificates>(provider => provider.GetRequiredService<ClusterCertificates>());
        services.AddSingleton<ICallerVerifier, SignedCallers>();
        services.AddSingleton(new VaultOptions(settings.Storage.Vault, settings.Storage.Keys, settings.Name));
        services.AddSingleton(provider => KeyRing.Open(provider.GetRequiredService<VaultOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FileVault>(provider));
        services.AddSingleton<ISiloVault>(provider => provider.GetRequiredService<FileVault>());
        services.AddSingleton<CopyDesk>();
        services.AddSingleton<ICopyDesk>(provider => provider.GetRequiredService<CopyDesk>());
        services.AddSingleton<IPublicFolder, PublicFolder>();
        services.AddSingleton<ICaptureListener, GrainListener>();
        services.AddSingleton<CaptureMetrics>();
        services.AddSingleton<Measurements>();
        services.AddSingleton<Recorder>();
        services.AddSingleton<ICapture>(provider => provider.GetRequiredService<Recorder>());
        services.AddSingleton(provider => new JournalFile(
            settings.Name, settings.JournalFolder, provider.GetRequiredService<IClusterCertificates>(), provider.GetRequiredService<TrailAuthorities>().NewCheck, provider.GetRequiredService<ILogger<JournalFile>>()));
        services.AddSingleton<ISiloJournal>(provider => provider.GetRequiredService<JournalFile>());
        services.AddSingleton<JournalEntering>();
        services.AddSingleton<DatabaseWait>();
        services.AddHostedService<DatabaseWatch>();
        services.AddSingleton<ComeBack>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, StartAndStop>();
        services.AddHostedService<VaultSweep>();
        services.AddSingleton(provider => new VaultScrub(
            provider.GetRequiredService<FileVault>(), () => RecordingRows.Of(provider.GetRequiredService<Database>(), settings.Name), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<VaultScrub>>()));
        services.AddHostedService(provider => provider.GetRequiredService<VaultScrub>());
        services.AddHostedService<ClockWatch>();
        services.AddSingleton(settings.Trail);
        services.AddSingleton(new HeadFiles(settings.HeadsFolder));
        services.AddSingleton<IHeadKeeper>(provider => provider.GetRequiredService<HeadFiles>());
        services.AddSingleton<IClockWitness, KernelClock>();
        services.AddSingleton(new TrailAuthorities(settings.Certificates.FilesIn(settings.Storage).Authorities));
        services.AddHostedService<HeadSigning>();
        services.AddSingleton(settings.Processing.ToActivities());
        services.AddSingleton<IPseudonyms, Pseudonyms>();
    }

    // The newest certificate at each handshake, so that it is renewed without a start. Browsers have spoken TLS 1.3 since 2018.
    private static void Secure(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen)
    {
        var certificates = listen.ApplicationServices.GetRequiredService<ClusterCertificates>();
        listen.UseHttps(https =>
        {
            https.SslProtocols = SslProtocols.Tls13;
            https.HandshakeTimeout = MutualTls.HandshakeLimit;
            https.ServerCertificateSelector = (_, _) => certificates.Own;
        });
    }

    private static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (ClusterName, ClusterName));
        silo.ConfigureEndpoints(settings.Network.IPAddress, settings.Network.SiloPort, settings.Network.GatewayPort, listenOnAnyHostAddress: false);
        silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxMessageBodySize = 4 << 20); // no media passes here
        silo.Configure<GrainCollectionOptions>(grains => grains.DeactivationTimeout = LongestStop);
        silo.Configure<ClusterMembershipOptions>(Detection.Configure);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, TalkWatch>();
        silo.Configure<SiloOptions>(options => options.SiloName = settings.Certificates.Name);
        silo.UseSiloMetadata(new Dictionary<string, string>
        {
            [SiloPlaces.NetworksKey] = settings.Network.CameraNetworksText,
            [SiloPlaces.VaultPortKey] = settings.Network.VaultPort.ToString(CultureInfo.InvariantCulture),
        });
        silo.Services.AddSingleton<SiloPlaces>();
        silo.Services.AddSingleton<ISiloPlaces>(provider => provider.GetRequiredService<SiloPlaces>());
        if (settings.Name is not null)
        {
            silo.Services.AddSingleton<SisterVaults>();
            silo.Services.AddSingleton<VaultSpaceWatch>();
            silo.Services.AddHostedService(provider => provider.GetRequiredService<VaultSpaceWatch>());
        }

        if (settings.Storage.SecondCopyOn is { } sister)
        {
            silo.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SecondCopies>(provider, sister));
            silo.Services.AddHostedService(provider => provider.GetRequiredService<SecondCopies>());
        }

        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloNameCheck>();
        silo.UseMutualTls();
        silo.UseStorage(settings.Storage.OpenDatabase);
        silo.AddRecordingGrains();
        silo.AddDashboard(dashboard => dashboard.HideTrace = true);
    }
}
