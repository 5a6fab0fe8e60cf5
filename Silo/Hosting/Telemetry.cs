using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Hosting.Health;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Metrics, and the processing log: what receivers of OTLP that the settings name are sent, and what a Prometheus on this machine fetches.</summary>
internal static class Telemetry
{
    public static void AddMetrics(IServiceCollection services, NetworkOptions network) =>
        services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter("Microsoft.Orleans", CaptureMetrics.MeterName, HealthMetrics.MeterName);
            if (network.ScrapePort is not null)
            {
                metrics.AddPrometheusExporter(prometheus => prometheus.ScrapeEndpointPath = "/metrics");
            }

            if (network.MetricsEndpoint is { } endpoint)
            {
                metrics.AddOtlpExporter(otlp => SendTo(endpoint, otlp));
            }
        });

    /// <summary>What comes in at the port for Prometheus gets metrics or nothing: no route of the portal is reached there.</summary>
    public static void UseScraping(this WebApplication app, int? port)
    {
        if (port is not null)
        {
            app.MapWhen(http => http.Connection.LocalPort == port, scraped =>
            {
                scraped.UseOpenTelemetryPrometheusScrapingEndpoint();
                scraped.Run(http =>
                {
                    http.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            });
        }
    }

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
