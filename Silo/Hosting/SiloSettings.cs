using System.Collections.Immutable;
using System.Net;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Silo.Hosting;

/// <summary>All settings of a silo, read and checked as one, before anything is opened.</summary>
internal sealed record SiloSettings(
    SitePlan Plan, RecordingRules Rules, IReadOnlyDictionary<CameraId, CameraOptions> Cameras, CaptureOptions Capture, StorageOptions Storage, NetworkOptions Network, DemoOptions Demo)
{
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
        var cameras = configuration.GetSection("Cameras").GetChildren().ToDictionary(section => section.Key, section => Bind<CameraOptions>(configuration, section.Path, faults));

        faults.AddRange(site.Faults(cameras.Keys));
        faults.AddRange(rules.Faults());
        faults.AddRange(capture.Faults());
        faults.AddRange(storage.Faults());
        faults.AddRange(network.Faults());
        faults.AddRange(demo.Faults(network, rules));
        faults.AddRange(cameras.SelectMany(camera => camera.Value.Faults(camera.Key)));
        if (faults.Count > 0)
        {
            throw new SettingsException([.. faults]);
        }

        return new SiloSettings(
            site.ToPlan(), rules.ToRules(), cameras.ToDictionary(camera => CameraId.Of(camera.Key), camera => camera.Value), capture, storage, network, demo);
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

/// <summary>The start is refused: what is wrong with the settings.</summary>
internal sealed class SettingsException(ImmutableArray<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public ImmutableArray<string> Faults { get; } = faults;
}

/// <summary>Section <c>Site</c>: the town hall and its rooms.</summary>
internal sealed class SiteOptions
{
    public string Id { get; set; } = "town-hall";

    /// <summary>By room id.</summary>
    public Dictionary<string, RoomOptions> Rooms { get; set; } = [];

    public IEnumerable<string> Faults(IReadOnlyCollection<string> cameras)
    {
        if (!GrainInterfaces.References.Names.IsName(Id))
        {
            yield return "Site:Id must be 1 to 40 characters out of a-z, 0-9 and -. An example that is right: town-hall.";
        }

        if (Rooms.Count == 0)
        {
            yield return "Site:Rooms names no room. An example that is right: Site:Rooms:room-1:Camera = camera-1.";
        }

        foreach (var (room, options) in Rooms)
        {
            if (!GrainInterfaces.References.Names.IsName(room))
            {
                yield return $"Site:Rooms:{room} is no name: 1 to 40 characters out of a-z, 0-9 and -. An example that is right: room-1.";
            }

            if (options.Camera is { } camera && !cameras.Contains(camera))
            {
                yield return $"Site:Rooms:{room}:Camera names {camera}, which has no section. Set Cameras:{camera}:Address, for example to rtsp://10.0.5.11:554/stream1.";
            }
        }

        foreach (var shared in Rooms.Where(room => room.Value.Camera is not null).GroupBy(room => room.Value.Camera).Where(rooms => rooms.Count() > 1))
        {
            yield return $"Site:Rooms: camera {shared.Key} hangs in {string.Join(" and ", shared.Select(room => room.Key))}. Give each room a camera of its own.";
        }
    }

    public SitePlan ToPlan() => new(
        SiteId.Of(Id),
        [.. Rooms.OrderBy(room => room.Key, StringComparer.Ordinal).Select(room => new PlannedRoom(RoomId.Of(room.Key), room.Value.Camera is { } camera ? CameraId.Of(camera) : null))]);
}

/// <summary>One room.</summary>
internal sealed class RoomOptions
{
    /// <summary>Its camera; left out for a room without.</summary>
    public string? Camera { get; set; }
}

/// <summary>Section <c>Rules</c>: the numbers of the protocol.</summary>
internal sealed class RulesOptions
{
    private static readonly RecordingRules Default = new();

    public TimeSpan Retention { get; set; } = Default.Retention;

    public TimeSpan Grace { get; set; } = Default.Grace;

    public TimeSpan EarlyStart { get; set; } = Default.EarlyStart;

    public TimeSpan GrantTerm { get; set; } = Default.GrantTerm;

    public int ViewingsPerGrant { get; set; } = Default.ViewingsPerGrant;

    public TimeSpan ErasurePeriod { get; set; } = Default.ErasurePeriod;

    public string RegulationVersion { get; set; } = Default.RegulationVersion;

    public IEnumerable<string> Faults()
    {
        if (Retention <= TimeSpan.Zero || Retention > RecordingRules.LongestRetention)
        {
            yield return "Rules:Retention must be more than 0 and at most 14 days (R8). An example that is right: 14.00:00:00.";
        }

        if (Grace < TimeSpan.Zero || Grace > TimeSpan.FromHours(1))
        {
            yield return "Rules:Grace must be 0 to 1 hour. An example that is right: 00:10:00.";
        }

        if (EarlyStart < TimeSpan.Zero || EarlyStart > TimeSpan.FromHours(4))
        {
            yield return "Rules:EarlyStart must be 0 to 4 hours. An example that is right: 00:30:00.";
        }

        if (GrantTerm <= TimeSpan.Zero || GrantTerm > RecordingRules.LongestRetention)
        {
            yield return "Rules:GrantTerm must be more than 0 and at most 14 days. An example that is right: 1.00:00:00.";
        }

        if (ViewingsPerGrant is < 1 or > 10)
        {
            yield return "Rules:ViewingsPerGrant must be 1 to 10. An example that is right: 1.";
        }

        // Orleans ticks no faster than once a minute, and R9 allows one hour.
        if (ErasurePeriod < TimeSpan.FromMinutes(1) || ErasurePeriod > TimeSpan.FromHours(1))
        {
            yield return "Rules:ErasurePeriod must be 1 minute to 1 hour (R9). An example that is right: 01:00:00.";
        }

        if (RegulationVersion.Length is 0 or > 40)
        {
            yield return "Rules:RegulationVersion must be 1 to 40 characters. An example that is right: 2026-1.";
        }
    }

    public RecordingRules ToRules() => new()
    {
        Retention = Retention,
        Grace = Grace,
        EarlyStart = EarlyStart,
        GrantTerm = GrantTerm,
        ViewingsPerGrant = ViewingsPerGrant,
        ErasurePeriod = ErasurePeriod,
        RegulationVersion = RegulationVersion,
    };
}

/// <summary>Section <c>Storage</c>: where things are kept.</summary>
internal sealed class StorageOptions
{
    /// <summary>Holds database, vault and keys, each in a place of its own.</summary>
    public string Folder { get; set; } = "data";

    public string Database => Path.Combine(Folder, "cluster.db");

    public string Vault => Path.Combine(Folder, "vault");

    public string Keys => Path.Combine(Folder, "keys");

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Folder) || File.Exists(Folder))
        {
            yield return "Storage:Folder must name a folder that exists or can be made. An example that is right: /var/lib/recording-cluster.";
        }
    }
}

/// <summary>Section <c>Network</c>: where the silo listens.</summary>
internal sealed class NetworkOptions
{
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Portal, dashboard, health and playback.</summary>
    public int PortalPort { get; set; } = 8080;

    /// <summary>For other silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>For clients.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Where metrics are sent by OTLP; nowhere when left out (R20).</summary>
    public string? MetricsEndpoint { get; set; }

    public IPAddress IPAddress => IPAddress.Parse(Address);

    public IEnumerable<string> Faults()
    {
        if (!IPAddress.TryParse(Address, out var address) || !IsApart(address))
        {
            yield return $"Network:Address is {Address}, which is no loopback or private address; the servers stand apart from every network (R20). An example that is right: 127.0.0.1 or 10.0.5.2.";
        }

        foreach (var (name, port) in new[] { (nameof(PortalPort), PortalPort), (nameof(SiloPort), SiloPort), (nameof(GatewayPort), GatewayPort) })
        {
            if (port is < 1 or > ushort.MaxValue)
            {
                yield return $"Network:{name} must be 1 to 65535. An example that is right: 8080.";
            }
        }

        if (MetricsEndpoint is not null && (!Uri.TryCreate(MetricsEndpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https")))
        {
            yield return "Network:MetricsEndpoint must be the address of an OTLP receiver. An example that is right: http://10.0.5.3:4317.";
        }
    }

    // RFC 1918, RFC 4193 and loopback. The wildcard would also listen on whatever comes later.
    private static bool IsApart(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal || address.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, _, _] or [192, 168, _, _];
}

/// <summary>Section <c>Demo</c>: for trying out, on one machine.</summary>
internal sealed class DemoOptions
{
    /// <summary>Offers sign-in as each demo person by one click, without any proof.</summary>
    public bool SignIn { get; set; }

    public IEnumerable<string> Faults(NetworkOptions network, RulesOptions rules)
    {
        if (SignIn && !(IPAddress.TryParse(network.Address, out var address) && IPAddress.IsLoopback(address)))
        {
            yield return "Demo:SignIn lets anybody in as anybody, and so is taken on a loopback address only. Set Network:Address to 127.0.0.1, or Demo:SignIn to false.";
        }

        if (!SignIn && rules.Retention < TimeSpan.FromHours(1))
        {
            yield return "Rules:Retention is below an hour, which is for trying out only. Set it to 14.00:00:00, or Demo:SignIn to true.";
        }
    }
}
