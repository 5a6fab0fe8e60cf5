using System.Net;
using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;

namespace RecordingCluster.Tests.Faults;

/// <summary>
/// The networks of a town hall: that of the servers, with the database, and that of the cameras. Each of two servers has a cable
/// to either. A cable that is pulled loses what is sent over it, and nobody is told.
/// </summary>
/// <remarks>
/// A server is a network namespace, each network a bridge in a namespace of its own, so that no rule of this machine's firewall
/// comes in between. This machine hangs on both, with the database and the camera. All addresses are of loopback's range, since a
/// demo is let in by no other; the kernel sends such over a cable where it is told to, here for these cables alone.
/// </remarks>
internal sealed class TownNetwork : IAsyncDisposable
{
    private const string ServersNetwork = "servers";
    private const string CamerasNetwork = "cameras";

    /// <summary>The names of the servers' silos.</summary>
    public static readonly string[] Servers = ["silo-1", "silo-2"];

    // Names of network cards have 15 characters at most. Any number, so that two runs on one machine are not in each other's way.
    private readonly string name = $"town-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
    private readonly byte number = (byte)RandomNumberGenerator.GetInt32(64, 255);

    private string Switch => $"{name}-0";

    private TownNetwork()
    {
    }

    /// <summary>This machine's address among the servers.</summary>
    public IPAddress AtServers => Address(ServersNetwork, 1);

    /// <summary>This machine's address among the cameras.</summary>
    public IPAddress AtCameras => Address(CamerasNetwork, 1);

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? WhyNot() =>
        Environment.UserName != "root" ? "A network namespace is made by root alone; run this test as root."
        : new[] { "/usr/sbin/ip", "/sbin/ip", "/bin/ip" }.All(path => !File.Exists(path)) ? "There is no ip; install iproute2."
        : null;

    public static async Task<TownNetwork> Make()
    {
        var town = new TownNetwork();
        await town.Lay();
        return town;
    }

    /// <summary>A server's address among the servers.</summary>
    public IPAddress AddressOf(string silo) => Address(ServersNetwork, PlaceOf(silo));

    public string NamespaceOf(string silo) => $"{name}-{PlaceOf(silo)}";

    /// <summary>A server loses database and sister at once, and keeps the cameras.</summary>
    public Task Unplug(string silo) => Ip($"-n {Switch} link set {ServersNetwork}-{PlaceOf(silo)} nomaster");

    public Task Plug(string silo) => Ip($"-n {Switch} link set {ServersNetwork}-{PlaceOf(silo)} master {ServersNetwork}");

    /// <summary>The two servers no longer reach each other. Each reaches the database and the cameras.</summary>
    public Task Divide() => Isolate("on");

    public Task Join() => Isolate("off");

    public async ValueTask DisposeAsync()
    {
        // Cables go with either end.
        foreach (var place in Servers.Select(NamespaceOf).Append(Switch))
        {
            await Cli.Wrap("ip").WithArguments(["netns", "del", place]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        }
    }

    private static int PlaceOf(string silo) => Array.IndexOf(Servers, silo) + 2;

    private IPAddress Address(string network, int host) => new([127, number, Third(network), (byte)host]);

    private static byte Third(string network) => (byte)(network == ServersNetwork ? 1 : 2);

    private async Task Lay()
    {
        await Ip($"netns add {Switch}");
        foreach (var silo in Servers)
        {
            await Ip($"netns add {NamespaceOf(silo)}");
            await Ip($"-n {NamespaceOf(silo)} link set lo up");
            await Ip($"-n {NamespaceOf(silo)} addr add 127.0.0.1/32 dev lo");
            await Ip($"-n {NamespaceOf(silo)} addr del 127.0.0.1/8 dev lo"); // the rest of the range is elsewhere
            await Run("ip", "netns", "exec", NamespaceOf(silo), "sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet");
        }

        foreach (var network in new[] { ServersNetwork, CamerasNetwork })
        {
            await Ip($"-n {Switch} link add {network} type bridge");
            await Ip($"-n {Switch} link set {network} up");
            var card = $"{name}{network[0]}";
            await Ip($"link add {card} type veth peer name {network}-1 netns {Switch}");
            await File.WriteAllTextAsync($"/proc/sys/net/ipv4/conf/{card}/route_localnet", "1");
            await Connect("", card, network, 1);
            await Ip($"route add 127.{number}.{Third(network)}.0/24 dev {card} src {Address(network, 1)} table local"); // before that of all loopback
            foreach (var silo in Servers)
            {
                await Ip($"-n {NamespaceOf(silo)} link add {network} type veth peer name {network}-{PlaceOf(silo)} netns {Switch}");
                await Connect($"-n {NamespaceOf(silo)} ", network, network, PlaceOf(silo));
            }
        }

        foreach (var silo in Servers)
        {
            await Ip($"-n {NamespaceOf(silo)} route add 127.0.0.0/8 dev {ServersNetwork} src {AddressOf(silo)}"); // people, whatever their address
        }
    }

    private async Task Connect(string where, string card, string network, int host)
    {
        await Ip($"{where}addr add {Address(network, host)}/24 dev {card}");
        await Ip($"{where}link set {card} up");
        await Ip($"-n {Switch} link set {network}-{host} master {network} up");
    }

    // Of a bridge, two that are isolated reach all others and not each other.
    private async Task Isolate(string onOrOff)
    {
        foreach (var silo in Servers)
        {
            await Ip($"-n {Switch} link set dev {ServersNetwork}-{PlaceOf(silo)} type bridge_slave isolated {onOrOff}");
        }
    }

    private static Task Ip(string arguments) => Run("ip", arguments.Split(' '));

    private static async Task Run(string program, params string[] arguments) => await Cli.Wrap(program).WithArguments(arguments).ExecuteBufferedAsync();
}
