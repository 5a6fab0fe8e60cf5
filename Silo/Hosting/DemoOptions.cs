using System.Net;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Demo</c>: for trying out, on one machine.</summary>
internal sealed class DemoOptions
{
    /// <summary>Offers sign-in as each demo person by one click, without any proof.</summary>
    public bool SignIn { get; set; }

    public IEnumerable<string> Faults(NetworkOptions network, StorageOptions storage)
    {
        if (SignIn && !(IPAddress.TryParse(network.Address, out var address) && IPAddress.IsLoopback(address)))
        {
            yield return "Demo:SignIn lets anybody in as anybody, and so is taken on a loopback address only. Set Network:Address to 127.0.0.1, or Demo:SignIn to false.";
        }

        if (SignIn && !DemoFolder.HasMark(storage) && !DemoFolder.IsNew(storage))
        {
            yield return $"Demo:SignIn lets anybody in as anybody, and {storage.Folder} already holds what no demo made (it has no file {DemoFolder.MarkName}). Move that folder away, set Storage:Folder to an empty one, or set Demo:SignIn to false.";
        }

        if (!SignIn && DemoFolder.HasMark(storage))
        {
            yield return $"{storage.Folder} belongs to a demo (it has a file {DemoFolder.MarkName}), in which anybody could act as anybody. Set Storage:Folder to another one, or Demo:SignIn to true.";
        }
    }
}
