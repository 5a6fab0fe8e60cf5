using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Grains;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Trail;

namespace RecordingCluster.Silo.Hosting;

/// <summary>All settings of a silo, read and checked as one, before anything is opened.</summary>
internal sealed record SiloSettings(
    SitePlan Plan, RecordingRules Rules, IReadOnlyDictionary<CameraId, CameraOptions> Cameras, CaptureOptions Capture, StorageOptions Storage, NetworkOptions Network, DemoOptions Demo,
    CertificateOptions Certificates, TrailOptions Trail, ProcessingOptions Processing)
{
    /// <summary>The name by which the other silos know this one; null where the database is a file, and there are no others.</summary>
    public string? Name => Storage.Database.IsPostgreSql ? Certificates.Name : null;

    public string CertificateFolder => Certificates.FolderIn(Storage);

    public string HeadsFolder => Trail.HeadsFolder ?? Path.Combine(Storage.Folder, "heads");

    public string JournalFolder => Path.Combine(Storage.Folder, "journal");

    /// <exception cref="SettingsException">Every setting that is wrong, each as a sentence.</exception>
    public static SiloSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var site = Bind<SiteOptions>(configuration, "Site", faults);
        var rules = Bind<RulesOptions>(configuration, "Rules", faults);
        var capture = Bind<CaptureOptions>(configuration, "Capture", faults);
        var storage = Bind<StorageOptions>(configuration, "Storage", faults);
        var network = Bind<NetworkOptions>(configuration, "Network", faults);
        var demo = Bind<DemoOptions>(configuration, "Demo", faults);
        var certificates = Bind<CertificateOptions>(configuration, "Certificates", faults);
        var trail = Bind<TrailOptions>(configuration, "Trail", faults);
        var processing = Bind<ProcessingOptions>(configuration, "Processing", faults);
        var cameras = configuration.GetSection("Cameras").GetChildren().ToDictionary(section => section.Key, section => Bind<CameraOptions>(configuration, section.Path, faults));

        faults.AddRange(site.Faults(cameras.Keys));
        faults.AddRange(rules.Faults());
        faults.AddRange(capture.Faults());
        faults.AddRange(storage.Faults());
        faults.AddRange(storage.Database.Faults(demo.SignIn));
        if (storage.SecondCopyOn is { } sister && sister == certificates.Name)
        {
            faults.Add($"Storage:SecondCopyOn is {sister}, which is this silo itself (Certificates:Name); a second copy belongs on another server. An example that is right: silo-2.");
        }

        faults.AddRange(network.Faults());
        faults.AddRange(demo.Faults(network, storage));
        faults.AddRange(certificates.Faults());
        faults.AddRange(trail.Faults());
        faults.AddRange(processing.Faults());
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            faults.Add("Kestrel:Endpoints would open a listener beside the portal's, which serves HTTPS alone. Set Network:Address and Network:PortalPort instead.");
        }

        faults.AddRange(cameras.SelectMany(camera => camera.Value.Faults(camera.Key)));
        if (!storage.Database.IsPostgreSql)
        {
            faults.AddRange(cameras.Where(camera => !network.CameraNetworksOrDefault.Contains(camera.Value.Network))
                .Select(camera => $"Cameras:{camera.Key}:Network is {camera.Value.Network}, which Network:CameraNetworks does not name, and there is no other silo. Add it there, or leave both out."));
        }

        if (faults.Count > 0)
        {
            throw new SettingsException([.. faults]);
        }

        return new SiloSettings(
            site.ToPlan(), rules.ToRules(demo.SignIn), cameras.ToDictionary(camera => CameraId.Of(camera.Key), camera => camera.Value), capture, storage, network, demo, certificates, trail, processing);
    }

    /// <summary>The few settings that the command line needs. It works on a machine that has no camera, too.</summary>
    /// <exception cref="SettingsException">Every setting that is wrong, each as a sentence.</exception>
    public static (StorageOptions Storage, NetworkOptions Network, CertificateOptions Certificates) ReadPlaces(IConfiguration configuration)
    {
        var faults = new List<string>();
        var storage = Bind<StorageOptions>(configuration, "Storage", faults);
        var network = Bind<NetworkOptions>(configuration, "Network", faults);
        var certificates = Bind<CertificateOptions>(configuration, "Certificates", faults);
        faults.AddRange([.. storage.Faults(), .. network.Faults(), .. certificates.Faults()]);
        return faults.Count > 0 ? throw new SettingsException([.. faults]) : (storage, network, certificates);
    }

    /// <summary>What is needed to reach the database.</summary>
    /// <exception cref="SettingsException">Every setting that is wrong, each as a sentence.</exception>
    public static StorageOptions ReadStorage(IConfiguration configuration)
    {
        var faults = new List<string>();
        var storage = Bind<StorageOptions>(configuration, "Storage", faults);
        var demo = Bind<DemoOptions>(configuration, "Demo", faults);
        faults.AddRange([.. storage.Faults(), .. storage.Database.Faults(demo.SignIn)]);
        return faults.Count > 0 ? throw new SettingsException([.. faults]) : storage;
    }

    private static T Bind<T>(IConfiguration configuration, string section, List<string> faults)
        where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>(options => options.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException fault)
        {
            faults.Add($"{section}: {fault.Message} {fault.InnerException?.Message} Compare with Silo/appsettings.json, which is right.");
            return new T();
        }
    }
}
