using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Sorts the keys of one test into arguments, config and the rest.</summary>
internal sealed class TestParts(ShapeReader shapes)
{
    private readonly ImmutableArray<YamlEntry>.Builder arguments = ImmutableArray.CreateBuilder<YamlEntry>();
    private readonly ImmutableArray<YamlEntry>.Builder config = ImmutableArray.CreateBuilder<YamlEntry>();

    public ImmutableArray<YamlEntry> Arguments => arguments.ToImmutable();

    public ImmutableArray<YamlEntry> Config => config.ToImmutable();

    public SourceSpan? ConfigSpan { get; private set; }

    public string? Name { get; private set; }

    public YamlScalar? Description { get; private set; }

    public void Take(ImmutableArray<YamlEntry> entries, string test)
    {
        foreach (var entry in entries)
        {
            switch (entry.Key)
            {
                case "name":
                    Name = shapes.Text(entry.Value, $"'name' of the test '{test}'");
                    break;
                case "description":
                    Description = shapes.Scalar(entry.Value, $"'description' of the test '{test}'");
                    break;
                case "config":
                    ConfigSpan = TakeAll(config, shapes.Mapping(entry.Value, $"'config' of the test '{test}'"));
                    break;
                case "arguments":
                    _ = TakeAll(arguments, shapes.Mapping(entry.Value, $"'arguments' of the test '{test}'"));
                    break;
                default:
                    Add(ConfigKeys.Test.Contains(entry.Key) ? config : arguments, entry);
                    break;
            }
        }
    }

    private SourceSpan? TakeAll(ImmutableArray<YamlEntry>.Builder into, YamlMapping? from)
    {
        foreach (var entry in from?.Entries ?? [])
        {
            Add(into, entry);
        }

        return from?.Span;
    }

    // Once under 'config:' (or 'arguments:') and once beside the arguments: dbt refuses it too.
    private void Add(ImmutableArray<YamlEntry>.Builder into, YamlEntry entry)
    {
        if (into.Any(other => string.Equals(other.Key, entry.Key, StringComparison.Ordinal)))
        {
            shapes.Report(ProjectDiagnostics.DuplicateKey(entry.KeySpan, entry.Key));
        }
        else
        {
            into.Add(entry);
        }
    }
}
