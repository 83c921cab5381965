using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;

namespace Analytics.Compiler;

/// <summary>Files in, graph out: loading and resolving for one target. No database is needed.</summary>
public static class ProjectCompiler
{
    /// <summary>Compiles a project. Bad input becomes diagnostics; nothing is thrown for it.</summary>
    /// <param name="input">The project's files and its packages'.</param>
    /// <param name="options">The target and what else templates see.</param>
    /// <param name="cancellationToken">Ends the work with <see cref="OperationCanceledException"/>.</param>
    public static CompileResult Compile(
        ProjectInput input,
        CompileOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        var settings = new DefinitionSettings(
            options.Environment,
            options.Vars,
            _ => ProjectContext.TargetMapping(options.Target)
        );
        var loaded = ProjectLoader.Load(input, settings);
        return loaded.Source is { } source
            ? Compile(source, loaded.Diagnostics, options, cancellationToken)
            : new CompileResult(null, DiagnosticOrder.Sort(loaded.Diagnostics));
    }

    private static CompileResult Compile(
        ProjectSource source,
        ImmutableArray<Diagnostic> loadDiagnostics,
        CompileOptions options,
        CancellationToken cancellationToken
    )
    {
        var (project, diagnostics) = Resolve(source, options, cancellationToken);
        ImmutableArray<Diagnostic> all = DiagnosticOrder.Sort([.. loadDiagnostics, .. diagnostics]);
        var failed = all.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new CompileResult(failed ? null : project, all);
    }

    /// <summary>The project with whatever could be resolved of it, also when there are errors; null when there is no order.</summary>
    internal static (CompiledProject? Project, IReadOnlyList<Diagnostic> Diagnostics) Resolve(
        ProjectSource source,
        CompileOptions options,
        CancellationToken cancellationToken
    )
    {
        var context = new ProjectContext(source, options);
        var resolver = new ProjectResolver(context, cancellationToken);
        if (resolver.Resolve(out var found) is not var (graph, description, renderer))
        {
            return (null, found);
        }

        var diagnostics = new List<Diagnostic>(found);
        var project = new CompiledProject(source, graph, description, renderer, options.Target)
        {
            DefaultSelector = DefaultSelector.Find(context, diagnostics),
        };
        return (project, diagnostics);
    }
}
