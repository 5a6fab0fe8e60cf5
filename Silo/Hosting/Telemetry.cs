using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Silo.Hosting;

/// <summary>What the silo sends to receivers of OTLP that the settings name: metrics, and the processing log.</summary>
internal static class Telemetry
{
    public static void AddMetrics(IServiceCollection services, NetworkOptions network) =>
        services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter("Microsoft.Orleans", CaptureMetrics.MeterName);
            if (network.MetricsEndpoint is { } endpoint)
            {
                metrics.AddOtlpExporter(otlp => SendTo(endpoint, otlp));
            }
        });

    // Every line, whatever whoever asked for it samples. The table is what counts: an export that fails is not tried for ever.
    public static void AddProcessing(IServiceCollection services, ProcessingOptions processing)
    {
        if (processing.Endpoint is { } endpoint)
        {
            services.AddOpenTelemetry().WithTracing(traces => traces
                .AddSource(ProcessingLog.SourceName)
                .SetSampler(new AlwaysOnSampler())
                .AddOtlpExporter(otlp => SendTo(endpoint, otlp)));
        }
    }

    private static void SendTo(string endpoint, OtlpExporterOptions otlp)
    {
        otlp.Endpoint = new Uri(endpoint);

        // Neither a proxy of the environment nor the receiver itself can send this anywhere else (R20).
        otlp.HttpClientFactory = () => new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    }
}
