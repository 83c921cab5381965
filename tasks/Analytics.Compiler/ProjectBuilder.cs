using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Emitting;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Parsing;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler;

/// <summary>What <c>dotnet build</c> runs: compile, parse, emit.</summary>
public static class ProjectBuilder
{
    /// <summary>Builds the artifact of a project. Bad input becomes diagnostics; nothing is thrown for it.</summary>
    /// <param name="request">The files and settings.</param>
    /// <param name="cancellationToken">Ends the work with <see cref="OperationCanceledException"/>.</param>
    public static BuildResult Build(BuildRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var diagnostics = new List<Diagnostic>();
        var loaded = ProjectLoader.Load(request.Input);
        diagnostics.AddRange(loaded.Diagnostics);
        if (loaded.Source is not { } source || Options(request, source, diagnostics) is not { } options)
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

    // The build is checked against a target's names; it never connects, so what only a connection needs may be missing.
    private static CompileOptions? Options(BuildRequest request, ProjectSource source, List<Diagnostic> diagnostics)
    {
        var vars = VarsReader.Parse(request.Vars);
        diagnostics.AddRange(vars.Diagnostics);
        var profile = ProfileLoader.Load(
            new ProfileRequest(
                source.Root.Definition.Profile,
                source.Root.Files.Directory ?? string.Empty,
                request.UserProfilesDirectory,
                request.TargetName,
                source.Root.Name,
                request.Environment,
                vars.Vars,
                Connects: false
            )
        );
        diagnostics.AddRange(profile.Diagnostics);
        return profile.Target is { } target && !HasErrors(diagnostics)
            ? new CompileOptions(
                target,
                vars.Vars,
                request.Environment,
                false,
                "compile",
                Guid.Empty,
                DateTimeOffset.UnixEpoch
            )
            : null;
    }

    private static bool HasErrors(List<Diagnostic> diagnostics) =>
        diagnostics.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static BuildResult Failed(List<Diagnostic> diagnostics, ParseCache? parsed = null) =>
        new(null, DiagnosticOrder.Sort(diagnostics), parsed ?? ParseCache.Empty);
}
