using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>Whether a node is meant by a criterion, without its graph operators.</summary>
internal static class NodeMatcher
{
    /// <summary>Applies the criterion's method; a word without one is a path when it holds a slash or ends like a file, else a name.</summary>
    public static bool Matches(GraphNode node, Criterion criterion)
    {
        var value = criterion.Value;
        return criterion.Method switch
        {
            "" => LooksLikePath(value) ? Path(node, value) : FullName(node, value),
            "fqn" => FullName(node, value),
            "path" or "file" => Path(node, value),
            "tag" => Texts(node.Config.Values.GetValueOrDefault("tags")).Any(tag => Glob.Fits(value, tag)),
            "source" => node is SourceNode source && SourceName(source, value),
            "resource_type" => string.Equals(Word(node.Kind), value, StringComparison.Ordinal),
            "package" => Glob.Fits(value == "this" ? node.Fqn[0] : value, node.Package),
            "test_name" => node is TestNode { Generic: { } use } && Glob.Fits(value, use.Declaration.TestName),
            "test_type" => node is TestNode test && value == (test.Generic is null ? "singular" : "generic"),
            var method when method.StartsWith("config.", StringComparison.Ordinal) => Config(node, method[7..], value),
            _ => false,
        };
    }

    private static bool LooksLikePath(string value) =>
        value.Contains('/', StringComparison.Ordinal)
        || value.Contains('\\', StringComparison.Ordinal)
        || value.EndsWith(".sql", StringComparison.OrdinalIgnoreCase)
        || value.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
        || value.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private static bool Path(GraphNode node, string value)
    {
        var path = node.Span.File.Path;
        var wanted = value.Replace('\\', '/').TrimEnd('/');
        return Glob.Fits(wanted, path)
            || path.StartsWith(wanted + "/", StringComparison.Ordinal)
            || (!wanted.Contains('/', StringComparison.Ordinal) && Glob.Fits(wanted, System.IO.Path.GetFileName(path)));
    }

    // dbt: the leaf alone, or a run of segments from the front (with or without the package), dots in names split.
    private static bool FullName(GraphNode node, string value)
    {
        if (node is SourceNode)
        {
            return false;
        }

        if (Glob.Fits(value, node.Fqn[^1]))
        {
            return true;
        }

        var segments = node.Fqn.SelectMany(segment => segment.Split('.')).ToArray();
        return Prefix(segments, value) || Prefix(segments[1..], value);
    }

    private static bool Prefix(string[] segments, string value)
    {
        var wanted = value.Split('.');
        if (segments.Length < wanted.Length)
        {
            return false;
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            if (Glob.IsPattern(wanted[i]))
            {
                return Glob.Fits(string.Join('.', wanted[i..]), string.Join('.', segments[i..]));
            }

            if (!string.Equals(wanted[i], segments[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SourceName(SourceNode source, string value)
    {
        var parts = value.Split('.');
        var (package, name, table) = parts.Length switch
        {
            1 => ("*", parts[0], "*"),
            2 => ("*", parts[0], parts[1]),
            _ => (parts[0], parts[1], parts[2]),
        };
        return Glob.Fits(package, source.Package)
            && Glob.Fits(name, source.Table.SourceName)
            && Glob.Fits(table, source.Table.Name);
    }

    private static bool Config(GraphNode node, string path, string value)
    {
        if (path == "materialized" && node is ModelNode model)
        {
            return string.Equals(model.Materialization.ToString(), value, StringComparison.OrdinalIgnoreCase);
        }

        var keys = path.Split('.');
        var current = node.Config.Values.GetValueOrDefault(keys[0]);
        foreach (var key in keys[1..])
        {
            current = current is PyDict dict && dict.TryGet(key, out var inner) ? inner : null;
        }

        return Texts(current).Any(text => Glob.Fits(value, text));
    }

    private static IEnumerable<string> Texts(object? value) =>
        value switch
        {
            null => [],
            string text => [text],
            bool flag => [flag ? "true" : "false"],
            PyList list => list.Select(item =>
                Convert.ToString(item, System.Globalization.CultureInfo.InvariantCulture) ?? ""
            ),
            _ => [Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? ""],
        };

    private static string Word(ResourceKind kind) =>
        kind switch
        {
            ResourceKind.Model => "model",
            ResourceKind.Seed => "seed",
            ResourceKind.Snapshot => "snapshot",
            ResourceKind.Test => "test",
            ResourceKind.Source => "source",
            _ => string.Empty,
        };
}
