using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Emitting;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Parsing;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Builtin;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler;

/// <summary>What <c>dotnet build</c> runs: compile, parse, emit.</summary>
public static class ProjectBuilder
{
    /// <summary>
    /// Starts, on other threads, what every build needs and no file decides: the built-in macros, and the YAML parser, which
    /// makes code of its patterns when it is first used. Whoever has files to read calls this before; whoever does not call
    /// it waits for the same work later.
    /// </summary>
    public static void Prepare()
    {
        _ = Task.Run(static () => BuiltinPackage.Macros);
        _ = Task.Run(static () => YamlReader.Parse(new SourceFile(string.Empty, "prepare: true")));
    }

    /// <summary>Builds the artifact of a project. Bad input becomes diagnostics; nothing is thrown for it.</summary>
    /// <param name="request">The files and settings.</param>
    /// <param name="cancellationToken">Ends the work with <see cref="OperationCanceledException"/>.</param>
    public static BuildResult Build(BuildRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var vars = VarsReader.Parse(request.Vars);
        var diagnostics = new List<Diagnostic>(vars.Diagnostics);
        var settings = new DefinitionSettings(
            request.Environment,
            vars.Vars,
            profile =>
                ProfileLoader.Load(Profile(request, vars.Vars, profile, request.Input.Root.NameHint)).Target
                    is { } target
                    ? ProjectContext.TargetMapping(target)
                    : null
        );
        var loaded = ProjectLoader.Load(request.Input, settings);
        diagnostics.AddRange(loaded.Diagnostics);
        if (loaded.Source is not { } source || Options(request, vars.Vars, source, diagnostics) is not { } options)
        {
            return Failed(diagnostics);
        }

        // A broken reference does not hide a syntax error in another model: what resolves is parsed all the same.
        var (project, resolved) = ProjectCompiler.Resolve(source, options, cancellationToken);
        diagnostics.AddRange(resolved);
        if (project is null)
        {
            return Failed(diagnostics);
        }

        var parsing = ModelParser.Parse(project.Graph, project.Renderer, request.Parsed, cancellationToken);
        diagnostics.AddRange(parsing.Diagnostics);
        diagnostics.AddRange(
            project
                .Graph.Nodes.OfType<SeedNode>()
                .SelectMany(seed => SeedReader.Read(seed.Resource, seed.Settings).Diagnostics)
        );
        if (HasErrors(diagnostics))
        {
            return Failed(diagnostics, parsing.Cache);
        }

        var (artifact, manifest) = ArtifactWriter.Write(project, parsing.Models);
        return new BuildResult(artifact, DiagnosticOrder.Sort(diagnostics), parsing.Cache) { Manifest = manifest };
    }

    private static CompileOptions? Options(
        BuildRequest request,
        PyDict vars,
        ProjectSource source,
        List<Diagnostic> diagnostics
    )
    {
        var profile = ProfileLoader.Load(Profile(request, vars, source.Root.Definition.Profile, source.Root.Name));
        diagnostics.AddRange(profile.Diagnostics);
        return profile.Target is { } target && !HasErrors(diagnostics)
            ? new CompileOptions(
                target,
                vars,
                request.Environment,
                false,
                "compile",
                Guid.Empty,
                DateTimeOffset.UnixEpoch
            )
            : null;
    }

    // The build is checked against a target's names; it never connects, so what only a connection needs may be missing.
    private static ProfileRequest Profile(BuildRequest request, PyDict vars, string? profile, string project) =>
        new(
            profile,
            request.Input.Root.Directory ?? string.Empty,
            request.UserProfilesDirectory,
            request.TargetName,
            project,
            request.Environment,
            vars,
            Connects: false
        );

    private static bool HasErrors(List<Diagnostic> diagnostics) =>
        diagnostics.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static BuildResult Failed(List<Diagnostic> diagnostics, ParseCache? parsed = null) =>
        new(null, DiagnosticOrder.Sort(diagnostics), parsed ?? ParseCache.Empty);
}
