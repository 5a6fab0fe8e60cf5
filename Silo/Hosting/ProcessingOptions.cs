using RecordingCluster.Grains.Audit;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Processing</c>: the processing log (Logboek Dataverwerkingen).</summary>
internal sealed class ProcessingOptions
{
    /// <summary>The municipality's register of processing activities, as a URI that the activities' names are added to.</summary>
    public string Register { get; set; } = "urn:recording-cluster:verwerkingsactiviteit:";

    /// <summary>Where lines are sent by OTLP as well; nowhere when left out (R20).</summary>
    public string? Endpoint { get; set; }

    public ProcessingActivities ToActivities() => new(new Uri(Register));

    public IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(Register, UriKind.Absolute, out _) || Register[^1] is not ('/' or ':' or '#' or '='))
        {
            yield return "Processing:Register must be a URI that a name can be added to, so ends with / or : or # or =. An example that is right: https://register.gemeente.example/verwerkingsactiviteiten/.";
        }

        if (Endpoint is not null && (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https")))
        {
            yield return "Processing:Endpoint must be the address of an OTLP receiver. An example that is right: http://10.0.5.3:4317.";
        }
        else if (Endpoint is not null && !Apart.Holds(new Uri(Endpoint)))
        {
            yield return $"Processing:Endpoint is {Endpoint}, which is no loopback or private address; nothing leaves this network, and no name is looked up (R20). An example that is right: http://10.0.5.3:4317.";
        }
    }
}
