using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Silo.Capture;

/// <summary>How to reach one camera: section <c>Cameras:{camera id}</c>.</summary>
internal sealed class CameraOptions
{
    public const string DefaultNetwork = "cameras";

    // From a small picture in G.711 to 4K at its best.
    private const int LeastKilobits = 100;
    private const int MostKilobits = 100_000;

    /// <summary>rtsp://host:port/path, without user and password.</summary>
    public string Address { get; set; } = "";

    /// <summary>Its network, by a name: the silos whose Network:CameraNetworks have it can reach this camera.</summary>
    public string Network { get; set; } = DefaultNetwork;

    /// <summary>A file with one line <c>user:password</c>, readable by the silo's user alone.</summary>
    public string? CredentialsFile { get; set; }

    /// <summary>Or the name of an environment variable that holds <c>user:password</c>.</summary>
    public string? CredentialsVariable { get; set; }

    /// <summary>
    /// The most that it sends, picture and sound. As much room is reserved on the vault's disk for the whole of a talk: by
    /// default 8 Mbit/s, so 3.6 GB an hour.
    /// </summary>
    public int MostKilobitsPerSecond { get; set; } = 8000;

    /// <summary>A method, or the binder would take a setting of that name, and leave it unused without a word.</summary>
    public SecretSource Credentials() => new(CredentialsFile, CredentialsVariable);

    /// <summary>What is wrong with these settings, each as a sentence.</summary>
    public IEnumerable<string> Faults(string camera)
    {
        var setting = $"Cameras:{camera}";
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme != "rtsp" || address.Host.Length == 0 || Address.Any(c => c is '\'' or '\\' || char.IsControl(c)))
        {
            yield return $"{setting}:Address must be an rtsp address without quotes. An example that is right: rtsp://10.0.5.11:554/stream1.";
        }
        else if (!Apart.Holds(address))
        {
            yield return $"{setting}:Address is at {address.Host}, which is no loopback or private address; no connection leaves this network, and no name is looked up (R20). An example that is right: rtsp://10.0.5.11:554/stream1.";
        }
        else if (address.UserInfo.Length > 0)
        {
            yield return $"{setting}:Address holds a user or password, which belong into a file. Set {setting}:CredentialsFile to a file with one line user:password, and leave them out of the address.";
        }

        if (!Names.IsName(Network))
        {
            yield return $"{setting}:Network must be 1 to 40 characters out of a-z, 0-9 and -. An example that is right: ground-floor.";
        }

        if (MostKilobitsPerSecond is < LeastKilobits or > MostKilobits)
        {
            yield return $"{setting}:MostKilobitsPerSecond is {MostKilobitsPerSecond}; it must be from {LeastKilobits} to {MostKilobits}, the most that the camera is set to send. An example that is right: 4000.";
        }

        foreach (var fault in Credentials().Faults(setting, nameof(Credentials), "user:password", line => CameraCredentials.Of(line) is not null))
        {
            yield return fault;
        }
    }
}
