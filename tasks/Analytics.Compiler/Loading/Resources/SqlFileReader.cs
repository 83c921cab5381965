using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>Makes resources of <c>.sql</c> files that are not macros.</summary>
internal sealed class SqlFileReader(string package, ImmutableArray<Diagnostic>.Builder diagnostics)
{
    private readonly ImmutableArray<SqlResource>.Builder resources = ImmutableArray.CreateBuilder<SqlResource>();

    /// <summary>All that were read, in the order of reading.</summary>
    public ImmutableArray<SqlResource> Resources => resources.ToImmutable();

    /// <summary>
    /// A whole file is one model, singular test or analysis, without the white space around it, as in dbt; a blank file is
    /// nothing.
    /// </summary>
    public void ReadFile(ResourceKind kind, SourceFile file, string relativePath)
    {
        var body = file.Text.AsSpan().Trim();
        if (body.IsEmpty)
        {
            return;
        }

        var start = file.Text.Length - file.Text.AsSpan().TrimStart().Length;
        var name = ResourceFolder.Stem(relativePath);
        var fqn = ResourceFolder.Fqn(package, relativePath, name);

        // dbt gives the names of analyses one more folder, and selectors see it.
        fqn = kind == ResourceKind.Analysis ? fqn.Insert(1, "analysis") : fqn;
        resources.Add(
            new SqlResource(kind, package, name, file.Span(start, body.Length), file.Span(start, 1), relativePath, fqn)
        );
    }

    /// <summary>Each snapshot block of a file is one snapshot.</summary>
    public void ReadSnapshots(SourceFile file, string relativePath)
    {
        var scan = BlockScanner.Scan(file, BlockKinds.Snapshot);
        foreach (var error in scan.Errors)
        {
            diagnostics.Add(TemplateProblem.ToDiagnostic(error));
        }

        if (scan.Blocks.IsEmpty && scan.Errors.IsEmpty && !string.IsNullOrWhiteSpace(file.Text))
        {
            diagnostics.Add(ProjectDiagnostics.NoBlock(file.Span(0, 1), "{% snapshot %}"));
        }

        foreach (var block in scan.Blocks)
        {
            var fqn = ResourceFolder.Fqn(package, relativePath, ResourceFolder.Stem(relativePath), block.Name);
            resources.Add(
                new SqlResource(
                    ResourceKind.Snapshot,
                    package,
                    block.Name,
                    block.Body,
                    block.NameSpan,
                    relativePath,
                    fqn
                )
            );
        }
    }

    /// <summary>A snapshot that YAML defines.</summary>
    public void Add(SqlResource resource) => resources.Add(resource);
}
