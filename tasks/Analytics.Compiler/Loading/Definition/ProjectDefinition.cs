using System.Collections.Immutable;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>What <c>dbt_project.yml</c> says, with dbt's defaults where it is silent.</summary>
/// <param name="Name">The project's (package's) name: its namespace for macros.</param>
/// <param name="NameSpan">Where the name stands; the start of the file when it was defaulted.</param>
/// <param name="Version">The version as written; null when absent.</param>
/// <param name="Profile">The profile's name; null when absent.</param>
/// <param name="Paths">Folders per kind of resource.</param>
/// <param name="Vars">The <c>vars:</c> mapping, templates not rendered; null when absent.</param>
/// <param name="ConfigTrees">The <c>models:</c>, <c>seeds:</c>, <c>snapshots:</c>, <c>sources:</c>, <c>data_tests:</c>, … trees.</param>
/// <param name="OnRunStart">SQL templates.</param>
/// <param name="OnRunEnd">SQL templates.</param>
/// <param name="Dispatch">Search orders of <c>adapter.dispatch</c>, keyed by macro namespace.</param>
/// <param name="Quoting">The <c>quoting:</c> mapping; null when absent.</param>
/// <param name="Raw">The whole file; null when there is no <c>dbt_project.yml</c>.</param>
public sealed record ProjectDefinition(
    string Name,
    SourceSpan NameSpan,
    string? Version,
    string? Profile,
    ResourcePaths Paths,
    YamlMapping? Vars,
    ConfigTrees ConfigTrees,
    ImmutableArray<YamlScalar> OnRunStart,
    ImmutableArray<YamlScalar> OnRunEnd,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Dispatch,
    YamlMapping? Quoting,
    YamlMapping? Raw
)
{
    /// <summary><c>query-comment</c>; null when the project says nothing of it.</summary>
    public QueryCommentSettings? QueryComment { get; init; }

    /// <summary><c>restrict-access</c>: whether models of other packages may refer to public models only.</summary>
    public bool RestrictsAccess { get; init; }
}

/// <summary>The folders of a project, relative to it, without a trailing slash.</summary>
/// <param name="Models"><c>model-paths</c>, default <c>models</c>.</param>
/// <param name="Seeds"><c>seed-paths</c>, default <c>seeds</c>.</param>
/// <param name="Tests"><c>test-paths</c>, default <c>tests</c>.</param>
/// <param name="Analyses"><c>analysis-paths</c>, default <c>analyses</c>.</param>
/// <param name="Macros"><c>macro-paths</c>, default <c>macros</c>.</param>
/// <param name="Snapshots"><c>snapshot-paths</c>, default <c>snapshots</c>.</param>
/// <param name="Functions">Folders of functions.</param>
/// <param name="Docs"><c>docs-paths</c>, default: all of the others.</param>
public sealed record ResourcePaths(
    ImmutableArray<string> Models,
    ImmutableArray<string> Seeds,
    ImmutableArray<string> Tests,
    ImmutableArray<string> Analyses,
    ImmutableArray<string> Macros,
    ImmutableArray<string> Snapshots,
    ImmutableArray<string> Functions,
    ImmutableArray<string> Docs
);
