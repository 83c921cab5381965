using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving;

/// <summary>Checks names that no reference leads to: nobody else would find the mistake.</summary>
internal static class NameChecks
{
    /// <summary>Reports groups and docs blocks that a package has twice, and macros and arguments that YAML only knows.</summary>
    /// <param name="source">The project; of packages only what makes a name ambiguous is their users' affair.</param>
    /// <param name="diagnostics">Takes the reports.</param>
    public static void Report(ProjectSource source, ICollection<Diagnostic> diagnostics)
    {
        foreach (var package in source.All)
        {
            ReportTwice("group", package.Groups.Select(group => (group.Name, group.NameSpan)), diagnostics);
            ReportTwice("docs block", package.Docs.Select(block => (block.Name, block.NameSpan)), diagnostics);
        }

        ReportMacros(source.Root, diagnostics);
    }

    /// <summary>Reports nodes whose name has blanks: dbt refuses them.</summary>
    public static void ReportBlanks(IEnumerable<GraphNode> nodes, ICollection<Diagnostic> diagnostics)
    {
        foreach (var node in nodes.Where(node => node.Name.Contains(' ', StringComparison.Ordinal)))
        {
            var kind = node.Kind.Word().Replace('_', ' ');
            diagnostics.Add(ProjectDiagnostics.InvalidName(node.Span, kind, node.Name, "it must not have blanks"));
        }
    }

    private static void ReportTwice(
        string kind,
        IEnumerable<(string Name, SourceSpan Span)> named,
        ICollection<Diagnostic> diagnostics
    )
    {
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var (name, span) in named)
        {
            if (!seen.TryAdd(name, span))
            {
                diagnostics.Add(GraphDiagnostics.DuplicateName(span, kind, name, seen[name]));
            }
        }
    }

    private static void ReportMacros(PackageSource package, ICollection<Diagnostic> diagnostics)
    {
        var macros = package
            .Macros.DistinctBy(macro => macro.Name)
            .ToDictionary(macro => macro.Name, StringComparer.Ordinal);
        foreach (var entry in package.Properties.Where(entry => entry.Kind == ResourceKind.Macro))
        {
            if (!macros.TryGetValue(entry.Name, out var macro))
            {
                var near = NearName.Find(entry.Name, macros.Keys);
                diagnostics.Add(GraphDiagnostics.UnknownProperties(entry.NameSpan, "macro", entry.Name, near));
                continue;
            }

            ReportArguments(entry, macro, diagnostics);
        }
    }

    private static void ReportArguments(
        ResourceProperties entry,
        MacroResource macro,
        ICollection<Diagnostic> diagnostics
    )
    {
        // A macro that looks into these takes arguments of any name.
        var text = macro.Block.Text;
        if (text.Contains("kwargs", StringComparison.Ordinal) || text.Contains("varargs", StringComparison.Ordinal))
        {
            return;
        }

        var names = macro.Definition.Parameters.Select(parameter => parameter.Name).ToList();
        foreach (var argument in (entry.Raw["arguments"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (argument["name"] is YamlScalar { Value: not null } name && !names.Contains(name.Text))
            {
                diagnostics.Add(
                    GraphDiagnostics.UnknownProperties(
                        name.Content,
                        "argument",
                        name.Text,
                        NearName.Find(name.Text, names)
                    )
                );
            }
        }
    }
}
