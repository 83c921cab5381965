using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Analytics.Deployment.Reporting;

/// <summary>What dbt's artifacts have in common.</summary>
internal static class ArtifactJson
{
    // The version whose artifacts ours equal in shape; readers look at it to know what to expect.
    private const string DbtVersion = "1.12.3";

    /// <summary>Writes an object that begins with <c>metadata</c>.</summary>
    /// <param name="schema">The name of dbt's schema and its version, for example <c>sources/v3</c>.</param>
    /// <param name="invocation">The run.</param>
    /// <param name="generatedAt">When the artifact was made.</param>
    /// <param name="content">Writes the rest of the object.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Write(
        string schema,
        Invocation invocation,
        DateTimeOffset generatedAt,
        Action<Utf8JsonWriter> content
    )
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteString("dbt_schema_version", $"https://schemas.getdbt.com/dbt/{schema}.json");
            json.WriteString("dbt_version", DbtVersion);
            json.WriteString("generated_at", Time(generatedAt));
            json.WriteString("invocation_id", invocation.Id);
            json.WriteString("invocation_started_at", Time(invocation.StartedAt));
            json.WriteStartObject("env");
            json.WriteEndObject();
            json.WriteEndObject();
            content(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>A moment in UTC, as dbt writes it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Seconds to the microsecond.</summary>
    public static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 6);
}
