using System.Runtime.CompilerServices;
using Analytics.Compiler.Loading;
using Analytics.Deployment.Reporting;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Analytics.Tasks.Telemetry;

/// <summary>
/// Sends the spans of a publish by OpenTelemetry's protocol, when its standard environment variables name a receiver. Nothing of
/// OpenTelemetry is loaded otherwise.
/// </summary>
internal static class TraceExport
{
    private const string ServiceName = "analytics-sdk";

    /// <summary>Begins to listen to the spans of a publish.</summary>
    /// <param name="environment">
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> or <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c> turns it on; <c>OTEL_SDK_DISABLED=true</c> and
    /// <c>OTEL_TRACES_EXPORTER=none</c> turn it off. The exporter itself reads the others: protocol, headers, timeout.
    /// </param>
    /// <returns>Sends what is left when it is disposed; null when no receiver is named.</returns>
    public static IDisposable? Begin(IEnvironment environment) => IsConfigured(environment) ? Listen() : null;

    private static bool IsConfigured(IEnvironment environment)
    {
        bool Says(string name, string word) =>
            string.Equals(environment.Get(name), word, StringComparison.OrdinalIgnoreCase);
        return (
                environment.Get("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 }
                || environment.Get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") is { Length: > 0 }
            )
            && !Says("OTEL_SDK_DISABLED", "true")
            && !Says("OTEL_TRACES_EXPORTER", "none");
    }

    // A method of its own: to compile it loads OpenTelemetry.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TracerProvider Listen() =>
        Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(
                ResourceBuilder
                    .CreateEmpty()
                    .AddService(ServiceName, autoGenerateServiceInstanceId: false)
                    .AddTelemetrySdk()
                    .AddEnvironmentVariableDetector()
            )
            .AddSource(PublishTrace.SourceName)
            .AddSource(PublishTrace.DriverSourceName)
            .AddOtlpExporter()
            .Build();
}
