using Analytics.Compiler;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Selection.State;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Deployment.Planning.Selection.Matching;

/// <summary>What a criterion finds, without its graph operators.</summary>
/// <param name="Fits">Whether a node is meant; null when the criterion makes no sense.</param>
/// <param name="Problem">Why it makes none; empty otherwise.</param>
internal readonly record struct Matcher(Func<GraphNode, bool>? Fits, string Problem)
{
    public static Matcher Of(Func<GraphNode, bool> fits) => new(fits, string.Empty);

    public static Matcher Refuse(string problem) => new(null, problem);
}

/// <summary>Knows the methods of dbt's selection, but <c>selector</c>, which finds no nodes of its own.</summary>
internal sealed class NodeMatcher(CompiledProject project, StateSource state)
{
    private static readonly string[] TestTypes = ["generic", "singular", "unit", "data", "schema"];
    private static readonly string[] AccessWords = ["private", "protected", "public"];
    private static readonly string[] Methods =
    [
        "access",
        "config",
        "exposure",
        "file",
        "fqn",
        "group",
        "metric",
        "package",
        "path",
        "resource_type",
        "result",
        "saved_query",
        "selector",
        "semantic_model",
        "source",
        "source_status",
        "state",
        "tag",
        "test_name",
        "test_type",
        "unit_test",
        "version",
    ];

    public Matcher For(Criterion criterion)
    {
        var value = criterion.Value;
        var arguments = criterion.Method.Split('.')[1..];
        if (arguments.Length > 0 && criterion.MethodName != "config")
        {
            return UnknownMethod(criterion.Method);
        }

        return criterion.MethodName switch
        {
            "fqn" => Name(value),
            "path" => Path(value),
            "file" => Matcher.Of(node => Glob.Fits(value, System.IO.Path.GetFileName(node.Span.File.Path))),
            "tag" => Matcher.Of(node => Tags(node).Any(tag => Glob.Fits(value, tag))),
            "group" => Matcher.Of(node => node.Config.Text("group") is { } group && Glob.Fits(value, group)),
            "package" => Package(value),
            "access" => OneOf(
                value,
                AccessWords,
                node => node is ModelNode model && model.Access.ToString().ToLowerInvariant() == value
            ),
            "version" => OneOf(value, VersionPattern.Words, node => VersionPattern.Fits(node, value)),
            "resource_type" => OneOf(value, ResourceWords.All, node => node.Kind.Word() == value),
            "test_type" => OneOf(value, TestTypes, node => IsTest(node, value)),
            "test_name" => Matcher.Of(node =>
                node switch
                {
                    TestNode { Generic: { } use } => Glob.Fits(value, use.Declaration.TestName),
                    UnitTestNode => Glob.Fits(value, node.Name),
                    _ => false,
                }
            ),
            "source" => Source(value),
            "exposure" => Qualified(value, "an exposure", node => node is ExposureNode),
            "unit_test" => Qualified(value, "a unit test", node => node is UnitTestNode),
            "metric" or "saved_query" or "semantic_model" => Matcher.Of(_ => false),
            "config" => Config(arguments, value),
            "state" => state.Changes(value),
            "result" => state.Results(value),
            "source_status" => state.Fresher(value),
            _ => UnknownMethod(criterion.Method),
        };
    }

    private static Matcher UnknownMethod(string method)
    {
        var near = NearName.Find(method.Split('.')[0], Methods);
        return Matcher.Refuse(
            near is null || near == method.Split('.')[0]
                ? $"there is no method '{method}' (there are: {string.Join(", ", Methods)})"
                : $"there is no method '{method}'; did you mean '{near}'?"
        );
    }

    private static Matcher OneOf(string value, string[] words, Func<GraphNode, bool> fits) =>
        words.Contains(value, StringComparer.Ordinal)
            ? Matcher.Of(fits)
            : Matcher.Refuse($"expected one of {string.Join(", ", words)}");

    // dbt has other methods for what is no node of its own.
    private static Matcher Name(string value)
    {
        var pattern = new NamePattern(value);
        return Matcher.Of(node => node is not (SourceNode or ExposureNode) && pattern.Fits(node));
    }

    private static Matcher Path(string value)
    {
        var pattern = new PathPattern(value);
        return Matcher.Of(node =>
            pattern.Fits(node.Span.File.Path) || (node.Described is { } described && pattern.Fits(described.File.Path))
        );
    }

    private Matcher Package(string value)
    {
        var wanted = value == "this" ? project.Source.Root.Name : value;
        return Matcher.Of(node => Glob.Fits(wanted, node.Package));
    }

    private static bool IsTest(GraphNode node, string type) =>
        type switch
        {
            "unit" => node is UnitTestNode,
            "singular" => node is TestNode { Generic: null },
            "data" => node is TestNode,
            _ => node is TestNode { Generic: not null },
        };

    private static Matcher Source(string value)
    {
        var parts = value.Split('.');
        if (parts.Length > 3)
        {
            return Matcher.Refuse("expected a source, source.table or package.source.table");
        }

        var package = parts.Length == 3 ? parts[0] : "*";
        var (name, table) = parts.Length == 1 ? (parts[0], "*") : (parts[^2], parts[^1]);
        return Matcher.Of(node =>
            node is SourceNode source
            && Glob.Fits(package, source.Package)
            && Glob.Fits(name, source.Table.SourceName)
            && Glob.Fits(table, source.Table.Name)
        );
    }

    private static Matcher Qualified(string value, string what, Func<GraphNode, bool> isKind)
    {
        var parts = value.Split('.');
        return parts.Length > 2
            ? Matcher.Refuse($"expected the name of {what}, or package.name")
            : Matcher.Of(node =>
                isKind(node)
                && Glob.Fits(parts[^1], node.Name)
                && (parts.Length == 1 || Glob.Fits(parts[0], node.Package))
            );
    }

    private Matcher Config(string[] keys, string value)
    {
        if (keys.Length == 0 || keys.Contains(string.Empty))
        {
            return Matcher.Refuse("expected the name of a config after a dot: config.materialized:table");
        }

        var pattern = new ConfigPattern(keys, value);
        return Matcher.Of(node =>
            project.Description.Of(node).TryGet("config", out var config) && config is PyDict dict && pattern.Fits(dict)
        );
    }

    /// <summary>The tags of a node.</summary>
    public static IEnumerable<string> Tags(GraphNode node) =>
        node.Config.Values.GetValueOrDefault("tags") switch
        {
            string text => [text],
            PyList list => list.OfType<string>(),
            _ => [],
        };
}
