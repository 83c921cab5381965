using System.Collections.Immutable;
using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Emitting;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Selection;

namespace Analytics.Deployment.Listing;

/// <summary>What a listing asks for.</summary>
/// <param name="ArtifactPath">The <c>.pgpac</c>.</param>
/// <param name="ProjectDirectory">The project's folder, where <c>profiles.yml</c> is looked for first.</param>
/// <param name="UserProfilesDirectory">Where <c>profiles.yml</c> is looked for next; null for nowhere.</param>
/// <param name="TargetName">The target whose names count; null for the profile's default.</param>
/// <param name="Vars">A YAML mapping, or empty.</param>
/// <param name="Environment">What <c>env_var</c> reads.</param>
/// <param name="Selection">Which nodes.</param>
public sealed record ListingRequest(
    string ArtifactPath,
    string ProjectDirectory,
    string? UserProfilesDirectory,
    string? TargetName,
    string Vars,
    IEnvironment Environment,
    SelectionRequest Selection
)
{
    /// <summary>Whether the nodes are compiled too.</summary>
    public bool Compiles { get; init; }
}

/// <summary>What a listing gave.</summary>
/// <param name="Nodes">
/// What is selected, ordinally by unique id, or in the order of the graph where it is compiled; empty when there is an error.
/// </param>
/// <param name="Diagnostics">What there is to say; an error says that nothing was selected.</param>
public sealed record ListingResult(ImmutableArray<ListedNode> Nodes, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Says what a selection means, without a database: <c>dbt ls</c>, and its SQL: <c>dbt compile</c>.</summary>
public static class SelectionListing
{
    private static readonly RenderScope Scope = new(
        FinalRelations.Instance,
        IsIncremental: false,
        FullRefresh: false,
        NoWarehouse.Instance,
        Execute: false
    );

    /// <summary>Selects in an artifact. Bad input becomes diagnostics; nothing is thrown for it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ListingResult List(ListingRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var opened = ArtifactReader.Open(request.ArtifactPath);
        var vars = VarsReader.Parse(request.Vars);
        if (opened.Artifact is not { } artifact)
        {
            return new ListingResult([], opened.Diagnostics);
        }

        var profile = ProfileLoader.Load(
            new ProfileRequest(
                artifact.ProfileName,
                request.ProjectDirectory,
                request.UserProfilesDirectory,
                request.TargetName,
                artifact.ProjectName,
                request.Environment,
                vars.Vars,
                Connects: false
            )
        );
        if (profile.Target is not { } target)
        {
            return new ListingResult([], [.. vars.Diagnostics, .. profile.Diagnostics]);
        }

        var compiled = ProjectCompiler.Compile(
            artifact.Input,
            new CompileOptions(
                target,
                vars.Vars,
                request.Environment,
                false,
                request.Compiles ? "compile" : "list",
                Guid.Empty,
                DateTimeOffset.UnixEpoch
            ),
            cancellationToken
        );
        if (compiled.Project is not { } project)
        {
            return new ListingResult([], [.. vars.Diagnostics, .. profile.Diagnostics, .. compiled.Diagnostics]);
        }

        // What the compiler has to warn of, the build has just said.
        var (ids, diagnostics) = new NodeSelector(project, artifact.Manifest).Select(request.Selection);
        var said = vars.Diagnostics.AddRange(diagnostics);
        var nodes = ImmutableArray.CreateBuilder<ListedNode>();
        foreach (var node in project.Graph.Nodes.Where(node => ids?.Contains(node.UniqueId) == true))
        {
            var listed = ListedNode.Of(node, project.Description);
            if (request.Compiles && node is (ModelNode or SnapshotNode or TestNode or AnalysisNode))
            {
                var rendered = project.Renderer.Render(node, Scope, cancellationToken);
                said = said.AddRange(rendered.Diagnostics);
                listed = listed with { Sql = rendered.Sql?.Text };
            }

            nodes.Add(listed);
        }

        return new ListingResult(
            request.Compiles ? nodes.ToImmutable() : [.. nodes.OrderBy(node => node.UniqueId, StringComparer.Ordinal)],
            said
        );
    }
}
