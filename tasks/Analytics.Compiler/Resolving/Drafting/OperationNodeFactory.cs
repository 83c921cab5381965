using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>Makes nodes of the hooks of a whole run, which <c>dbt_project.yml</c> lists.</summary>
internal sealed class OperationNodeFactory(ResolvingScope scope, CancellationToken cancellationToken)
{
    /// <summary>The drafts of a package's hooks, in its order; one whose template has an error is reported and left out.</summary>
    public IEnumerable<DraftNode> Make(PackageSource package)
    {
        var definition = package.Definition;
        return definition
            .OnRunStart.Select((hook, index) => Make(package.Name, hook, RunHook.Start, index))
            .Concat(definition.OnRunEnd.Select((hook, index) => Make(package.Name, hook, RunHook.End, index)))
            .OfType<DraftNode>();
    }

    private DraftNode? Make(string package, YamlScalar hook, RunHook when, int index)
    {
        var name = FormattableString.Invariant($"{package}-{Key(when)}-{index}");
        var file = hook.Span.File;

        // A text that lies in the file as it is gives errors their own place in it.
        var body =
            hook.Content.Length == hook.Text.Length
                ? hook.Content
                : new SourceFile(file.Path, hook.Text, file.Directory).Span(0, hook.Text.Length);
        var resource = new SqlResource(
            ResourceKind.Operation,
            package,
            name,
            body,
            hook.Span,
            $"hooks/{name}.sql",
            [package, "hooks", name]
        );
        var (captured, found) = TemplateCapture.Capture(resource, scope.Project, cancellationToken);
        foreach (var diagnostic in found)
        {
            var isInFile = diagnostic.Span is { } span && ReferenceEquals(span.File, file);
            scope.Diagnostics.Add(isInFile ? diagnostic : diagnostic with { Span = hook.Span });
        }

        if (captured is null)
        {
            return null;
        }

        var node = new OperationNode(
            when,
            index,
            hook.Text,
            $"operation.{package}.{name}",
            name,
            package,
            resource.Fqn,
            hook.Span,
            NodeConfig.Empty,
            [],
            string.Empty
        );
        return new DraftNode(node, captured.Template, captured.Refs, captured.Sources, [])
        {
            Functions = captured.Functions,
        };
    }

    /// <summary>The key of <c>dbt_project.yml</c>.</summary>
    public static string Key(RunHook when) => when == RunHook.Start ? "on-run-start" : "on-run-end";
}
