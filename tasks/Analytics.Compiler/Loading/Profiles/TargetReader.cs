using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Profiles;

/// <summary>Reads one output of a profile.</summary>
internal sealed class TargetReader(
    ShapeReader shapes,
    ProfileTemplates templates,
    IEnvironment environment,
    bool connects
)
{
    private const int DefaultPort = 5432;

    /// <summary>The target; null when it cannot be used (reported).</summary>
    public TargetProfile? Read(string profileName, YamlEntry output)
    {
        var place = $"target '{output.Key}'";
        if (shapes.Mapping(output.Value, place) is not { } mapping)
        {
            shapes.Report(ProjectDiagnostics.MissingKey(output.KeySpan, "type", place));
            return null;
        }

        if (!IsPostgres(mapping, output, place))
        {
            return null;
        }

        shapes.CheckKeys(mapping, ProfileKeys.Target);
        var values = Render(mapping);
        var embedded = values.TryGetValue("host", out var host) && host.Rendered?.Text == EmbeddedTarget.Host;
        string? Needed(string key, string? fallback)
        {
            if (values.TryGetValue(key, out var value))
            {
                return value.Rendered?.Text;
            }

            if (fallback is null || !embedded)
            {
                shapes.Report(ProjectDiagnostics.MissingKey(output.KeySpan, key, place));
            }

            return fallback;
        }

        var hostName = Needed("host", null);
        var user = Needed("user", EmbeddedTarget.User);
        var database = Needed("database", EmbeddedTarget.Database);
        var schema = Needed("schema", EmbeddedTarget.Schema(environment));
        var port = Number(values, "port", DefaultPort, 1, 65535);
        var threads = Number(values, "threads", embedded ? EmbeddedTarget.Threads : 1, 1, 1024);
        var settings = Settings(values);
        if (hostName is null || user is null || database is null || schema is null || port is null || threads is null)
        {
            return null;
        }

        var password = values.GetValueOrDefault("password")?.Rendered?.Text;
        return new TargetProfile(
            profileName,
            output.Key,
            embedded,
            hostName,
            port.Value,
            user,
            database,
            schema,
            threads.Value,
            string.IsNullOrEmpty(password) ? null : new Secret(password),
            settings
        );
    }

    private sealed record Value(YamlScalar Scalar, RenderedValue? Rendered)
    {
        // What a template gave may be secret.
        public string Shown => Rendered is { IsTemplate: false } ? $"'{Scalar.Text}'" : "what the template gives";
    }

    private bool IsPostgres(YamlMapping mapping, YamlEntry output, string place)
    {
        if (ShapeReader.IsAbsent(mapping["type"]))
        {
            shapes.Report(ProjectDiagnostics.MissingKey(output.KeySpan, "type", place));
            return false;
        }

        if (
            shapes.Scalar(mapping["type"], $"'type' of {place}") is not { } type
            || templates.Render(type) is not { } kind
        )
        {
            return false;
        }

        if (kind.Text is "postgres" or "postgresql")
        {
            return true;
        }

        var shown = kind.IsTemplate ? "another type than 'postgres'" : $"type '{kind.Text}'";
        shapes.Report(ProjectDiagnostics.UnsupportedFeature(type.Content, $"a target of {shown}"));
        return false;
    }

    private Dictionary<string, Value> Render(YamlMapping mapping)
    {
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            var key = entry.Key switch
            {
                "pass" => "password",
                "dbname" => "database",
                _ => entry.Key,
            };
            if (
                key == "type"
                || (key == "password" && !connects)
                || !ProfileKeys.Target.Contains(key)
                || shapes.Scalar(entry.Value, $"'{entry.Key}'") is not { } scalar
            )
            {
                continue;
            }

            if (!values.TryAdd(key, new Value(scalar, templates.Render(scalar))))
            {
                shapes.Report(ProjectDiagnostics.DuplicateKey(entry.KeySpan, key));
            }
        }

        return values;
    }

    // Null when it is wrong (reported), or its template is (reported there).
    private int? Number(Dictionary<string, Value> values, string key, int fallback, int least, int most)
    {
        if (!values.TryGetValue(key, out var value))
        {
            return fallback;
        }

        if (value.Rendered is null)
        {
            return null;
        }

        if (
            int.TryParse(value.Rendered.Text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        shapes.Report(
            ProjectDiagnostics.InvalidProfile(
                value.Scalar.Content,
                FormattableString.Invariant(
                    $"'{key}' must be a whole number from {least} to {most}, but it is {value.Shown}"
                )
            )
        );
        return null;
    }

    private ImmutableSortedDictionary<string, string> Settings(Dictionary<string, Value> values)
    {
        foreach (var key in ProfileKeys.Numbers)
        {
            _ = Number(values, key, 0, 0, int.MaxValue);
        }

        if (
            values.TryGetValue("sslmode", out var mode)
            && mode.Rendered is { } rendered
            && !ProfileKeys.SslModes.Contains(rendered.Text, StringComparer.Ordinal)
        )
        {
            var near = mode.Rendered.IsTemplate ? null : NearName.Find(rendered.Text, ProfileKeys.SslModes);
            var hint = near is null ? string.Empty : $"; did you mean '{near}'?";
            shapes.Report(
                ProjectDiagnostics.InvalidProfile(
                    mode.Scalar.Content,
                    $"'sslmode' must be one of {string.Join(", ", ProfileKeys.SslModes)}, but it is {mode.Shown}{hint}"
                )
            );
        }

        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var key in ProfileKeys.Settings)
        {
            if (values.TryGetValue(key, out var value) && value.Rendered is { } text)
            {
                settings.Add(key, text.Text);
            }
        }

        return settings.ToImmutable();
    }
}
