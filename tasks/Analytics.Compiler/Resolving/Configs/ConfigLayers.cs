using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Context;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>
/// Merges the places a config can stand in, weakest first: the project file of the node's package from the outer to the
/// inner folder, the properties in YAML, the call in the file; for a node of a package, then the root project's tree.
/// </summary>
internal sealed class ConfigLayers(ProjectContext project, ICollection<Diagnostic> diagnostics)
{
    private readonly Dictionary<string, PackageSource> packages = project.Source.All.ToDictionary(
        package => package.Name,
        StringComparer.Ordinal
    );

    /// <summary>Merges the layers of one resource.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="package">Its package.</param>
    /// <param name="fqn">Its path in the trees.</param>
    /// <param name="properties">What YAML says of it, weakest first.</param>
    /// <param name="inFile">The calls of <c>config</c> in its file.</param>
    /// <param name="inMacro">Those in the macro of a generic test: weaker than what YAML says where the test is used.</param>
    public MergedConfig Merge(
        ResourceKind kind,
        string package,
        ImmutableArray<string> fqn,
        IEnumerable<YamlMapping?> properties,
        IEnumerable<ConfigEntry> inFile,
        IEnumerable<ConfigEntry>? inMacro = null
    )
    {
        var merged = new MergedConfig();
        ApplyTree(merged, packages[package], kind, fqn, package);
        foreach (var entry in inMacro ?? [])
        {
            merged.Apply(entry);
        }

        foreach (var mapping in properties)
        {
            foreach (var entry in mapping?.Entries ?? [])
            {
                Apply(merged, entry.Key, entry, package);
            }
        }

        foreach (var entry in inFile)
        {
            merged.Apply(entry);
        }

        if (package != project.Macros.RootPackage)
        {
            ApplyTree(merged, project.Source.Root, kind, fqn, package);
        }

        return merged;
    }

    /// <summary>Renders one YAML value natively; an error is reported and gives null.</summary>
    public object? Render(YamlNode value, string package)
    {
        // Most values hold no template: nothing need be set up for those.
        if (!HasMarkup(value))
        {
            return YamlValues.ToNative(value);
        }

        var session = new ValueSession(project, package, value.Span);
        try
        {
            return YamlTemplates.Render(value, new RenderContext(new NodeScope(session), ProjectContext.RenderOptions));
        }
        catch (TemplateException exception)
        {
            // The span of a rendered scalar is in the file already; a block scalar has only its own.
            var error = exception.Error;
            var span = ReferenceEquals(error.Span.File, value.Span.File) ? error.Span : value.Span;
            diagnostics.Add(session.ToDiagnostic(exception) with { Span = span });
            return null;
        }
    }

    private void ApplyTree(
        MergedConfig merged,
        PackageSource owner,
        ResourceKind kind,
        ImmutableArray<string> fqn,
        string package
    )
    {
        if (owner.Definition.ConfigTrees[kind] is { } tree)
        {
            foreach (var (key, entry) in ConfigTree.EntriesFor(tree, fqn))
            {
                Apply(merged, key, entry, package);
            }
        }
    }

    private void Apply(MergedConfig merged, string key, YamlEntry entry, string package)
    {
        // A hook is SQL for publish, and a query of freshness for its check: rendering it now would bind it to nothing.
        var isLater = key is "pre-hook" or "post-hook" or "pre_hook" or "post_hook" or "loaded_at_query";
        var span = Narrow(entry.Value.Span);
        var written = YamlValues.ToNative(entry.Value);
        var value = isLater || !HasMarkup(entry.Value) ? written : Render(entry.Value, package);
        merged.Apply(new ConfigEntry(key, value, span) { Unrendered = written });
    }

    // The depth is YAML's.
    private static bool HasMarkup(YamlNode value) =>
        value switch
        {
            YamlScalar { Value: string text } => Template.HasMarkup(text),
            YamlSequence list => list.Items.Any(HasMarkup),
            YamlMapping mapping => mapping.Entries.Any(entry => HasMarkup(entry.Value)),
            _ => false,
        };

    // A block of many lines is pointed at by its first.
    private static SourceSpan Narrow(SourceSpan span)
    {
        var end = span.Text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? span : span with { Length = end };
    }
}
