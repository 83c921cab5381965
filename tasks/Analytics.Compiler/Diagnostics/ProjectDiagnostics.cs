using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>0xxx: the project, its YAML, its profiles and its data files.</summary>
public static class ProjectDiagnostics
{
    private static readonly DiagnosticDescriptor YamlSyntaxDescriptor = new(
        "ASQL0001",
        "YAML syntax error",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor YamlShapeDescriptor = new(
        "ASQL0002",
        "YAML value of the wrong kind",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownKeyDescriptor = new(
        "ASQL0003",
        "Unknown YAML key",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor MissingKeyDescriptor = new(
        "ASQL0004",
        "Required YAML key is missing",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor DuplicateKeyDescriptor = new(
        "ASQL0005",
        "YAML key given twice",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor InvalidConfigDescriptor = new(
        "ASQL0006",
        "Invalid config value",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownTargetDescriptor = new(
        "ASQL0007",
        "Unknown target",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownProfileDescriptor = new(
        "ASQL0008",
        "Unknown profile",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor InvalidProfileDescriptor = new(
        "ASQL0009",
        "Invalid profile",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor SeedShapeDescriptor = new(
        "ASQL0010",
        "Seed cannot be read",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnsupportedFeatureDescriptor = new(
        "ASQL0011",
        "Feature is not supported",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor EncodingDescriptor = new(
        "ASQL0012",
        "File is not UTF-8",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor InvalidNameDescriptor = new(
        "ASQL0013",
        "Invalid name",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor InvalidVarsDescriptor = new(
        "ASQL0014",
        "Variables cannot be read",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor ArtifactDescriptor = new(
        "ASQL0015",
        "Artifact cannot be read",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor NoBlockDescriptor = new(
        "ASQL0016",
        "File without a block",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor DuplicateColumnDescriptor = new(
        "ASQL0017",
        "Column described twice",
        DiagnosticSeverity.Warning
    );

    private static readonly DiagnosticDescriptor NotAppliedDescriptor = new(
        "ASQL0020",
        "Feature is not applied yet",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor ShortSeedRowDescriptor = new(
        "ASQL0018",
        "Seed row has too few values",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor UnknownColumnTypeDescriptor = new(
        "ASQL0019",
        "Type for a column that the seed does not have",
        DiagnosticSeverity.Warning
    );

    private static readonly DiagnosticDescriptor UnusedPathDescriptor = new(
        "ASQL0021",
        "Config for nothing",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor MissingPackageDescriptor = new(
        "ASQL0022",
        "Package is not installed",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor DbtVersionDescriptor = new(
        "ASQL0023",
        "Another version of dbt is required",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor StretchOfTimeDescriptor = new(
        "ASQL0027",
        "A stretch of time cannot be read",
        DiagnosticSeverity.Error
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [
            YamlSyntaxDescriptor,
            YamlShapeDescriptor,
            UnknownKeyDescriptor,
            MissingKeyDescriptor,
            DuplicateKeyDescriptor,
            InvalidConfigDescriptor,
            UnknownTargetDescriptor,
            UnknownProfileDescriptor,
            InvalidProfileDescriptor,
            SeedShapeDescriptor,
            UnsupportedFeatureDescriptor,
            EncodingDescriptor,
            InvalidNameDescriptor,
            InvalidVarsDescriptor,
            ArtifactDescriptor,
            NotAppliedDescriptor,
            NoBlockDescriptor,
            DuplicateColumnDescriptor,
            ShortSeedRowDescriptor,
            UnknownColumnTypeDescriptor,
            UnusedPathDescriptor,
            MissingPackageDescriptor,
            DbtVersionDescriptor,
            StretchOfTimeDescriptor,
        ];

    /// <summary>The YAML parser stopped.</summary>
    public static Diagnostic YamlSyntax(SourceSpan span, string message) =>
        Diagnostic.Create(YamlSyntaxDescriptor, span, message);

    /// <summary>A list where a mapping must be, and so on.</summary>
    public static Diagnostic YamlShape(SourceSpan span, string what, string expected, string found) =>
        Diagnostic.Create(YamlShapeDescriptor, span, $"{what} must be {expected}, but {found} was found");

    /// <summary>A key that means nothing there.</summary>
    public static Diagnostic UnknownKey(SourceSpan span, string key, string place, string? near) =>
        Diagnostic.Create(UnknownKeyDescriptor, span, $"'{key}' is not a key of {place}{DidYouMean(near)}");

    /// <summary>A key that must be there.</summary>
    public static Diagnostic MissingKey(SourceSpan span, string key, string place) =>
        Diagnostic.Create(MissingKeyDescriptor, span, $"{place} needs the key '{key}'");

    /// <summary>A key that stands twice in one mapping.</summary>
    public static Diagnostic DuplicateKey(SourceSpan span, string key) =>
        Diagnostic.Create(DuplicateKeyDescriptor, span, $"the key '{key}' is given twice in one mapping");

    /// <summary>A config under <c>config:</c> and beside it.</summary>
    public static Diagnostic RepeatedConfig(SourceSpan span, string key) =>
        Diagnostic.Create(DuplicateKeyDescriptor, span, $"the key '{key}' is given under 'config:' and beside it");

    /// <summary>Variables in both of the files that may have them.</summary>
    public static Diagnostic RepeatedVars(SourceSpan span) =>
        Diagnostic.Create(
            DuplicateKeyDescriptor,
            span,
            "the project has its variables in vars.yml; 'vars' here would be a second place for them"
        );

    /// <summary>A config whose value cannot be.</summary>
    public static Diagnostic InvalidConfig(SourceSpan? span, string key, string found, string expected) =>
        Diagnostic.Create(InvalidConfigDescriptor, span, $"config '{key}' is {found}; expected {expected}");

    /// <summary>A target that the profile does not have.</summary>
    public static Diagnostic UnknownTarget(
        SourceSpan? span,
        string target,
        string profile,
        string? near,
        string known
    ) =>
        Diagnostic.Create(
            UnknownTargetDescriptor,
            span,
            $"profile '{profile}' has no target '{target}'{DidYouMean(near)} (it has: {known})"
        );

    /// <summary>A profile that profiles.yml does not have.</summary>
    public static Diagnostic UnknownProfile(SourceSpan? span, string profile, string? near) =>
        Diagnostic.Create(UnknownProfileDescriptor, span, $"profiles.yml has no profile '{profile}'{DidYouMean(near)}");

    /// <summary>A profile that cannot be used.</summary>
    public static Diagnostic InvalidProfile(SourceSpan? span, string message) =>
        Diagnostic.Create(InvalidProfileDescriptor, span, message);

    /// <summary>A CSV file with a row, a header or a quote that does not fit.</summary>
    public static Diagnostic SeedShape(SourceSpan span, string message) =>
        Diagnostic.Create(SeedShapeDescriptor, span, message);

    /// <summary>Something dbt has and this SDK does not.</summary>
    public static Diagnostic UnsupportedFeature(SourceSpan span, string what) =>
        Diagnostic.Create(UnsupportedFeatureDescriptor, span, $"{what} is not supported");

    /// <summary>Bytes that are no UTF-8.</summary>
    public static Diagnostic Encoding(SourceSpan span, int offset) =>
        Diagnostic.Create(
            EncodingDescriptor,
            span,
            FormattableString.Invariant($"the file is not valid UTF-8 (first bad byte at offset {offset})")
        );

    /// <summary>A name that cannot be used where it stands.</summary>
    public static Diagnostic InvalidName(SourceSpan span, string what, string name, string rule) =>
        Diagnostic.Create(InvalidNameDescriptor, span, $"{what} '{name}' is not a valid name: {rule}");

    /// <summary>Something of dbt's that is read, but that a publish does not act on.</summary>
    public static Diagnostic NotApplied(SourceSpan span, string what) =>
        Diagnostic.Create(NotAppliedDescriptor, span, $"{what} is read, but a publish does not act on it yet");

    /// <summary>A folder in a config tree of <c>dbt_project.yml</c> that no resource lies in.</summary>
    public static Diagnostic UnusedPath(SourceSpan span, string name, string kind, string? near) =>
        Diagnostic.Create(
            UnusedPathDescriptor,
            span,
            $"no {kind} lies below '{name}', so its configs apply to nothing{DidYouMean(near)}"
        );

    /// <summary>A package of dbt's hub or of a repository that was not found.</summary>
    public static Diagnostic MissingPackage(SourceSpan span, string location) =>
        Diagnostic.Create(
            MissingPackageDescriptor,
            span,
            $"the package '{location}' is not installed; run 'dbt deps', or reference a NuGet package that answers to its name"
        );

    /// <summary>A package whose folder is not there.</summary>
    public static Diagnostic MissingLocalPackage(SourceSpan span, string location) =>
        Diagnostic.Create(MissingPackageDescriptor, span, $"there is no dbt_project.yml in the folder '{location}'");

    /// <summary>A project or package asks for another version of dbt than the one whose behaviour is here.</summary>
    public static Diagnostic DbtVersion(SourceSpan span, string name, string requirement, string version) =>
        Diagnostic.Create(
            DbtVersionDescriptor,
            span,
            $"'{name}' asks for dbt {requirement}, but what is here is dbt {version}; take another version of it, or say 'version_check: false' in the project's 'flags'"
        );

    /// <summary><c>-p:Vars</c> is not a YAML mapping.</summary>
    public static Diagnostic InvalidVars(string message) =>
        Diagnostic.Create(
            InvalidVarsDescriptor,
            null,
            $"the property Vars must be a YAML mapping such as '{{start: 2024-01-01}}': {message}"
        );

    /// <summary><c>-p:Sample</c> is no stretch of time.</summary>
    public static Diagnostic InvalidSample(string text, string message) =>
        Diagnostic.Create(StretchOfTimeDescriptor, null, $"the property Sample cannot be '{text}': {message}");

    /// <summary><c>-p:EventTimeStart</c> and <c>-p:EventTimeEnd</c> are no stretch of time.</summary>
    public static Diagnostic InvalidEventTime(string message) =>
        Diagnostic.Create(StretchOfTimeDescriptor, null, message);

    /// <summary>A .pgpac that is none, or is of another version.</summary>
    public static Diagnostic Artifact(string path, string message) =>
        Diagnostic.Create(ArtifactDescriptor, null, $"'{path}' cannot be read as an artifact: {message}");

    /// <summary>A file whose folder promises a block that it does not hold.</summary>
    public static Diagnostic NoBlock(SourceSpan span, string block) =>
        Diagnostic.Create(NoBlockDescriptor, span, $"the file holds no {block} block, so nothing is made of it");

    /// <summary>A second entry of one column; the first one counts.</summary>
    public static Diagnostic DuplicateColumn(SourceSpan span, string column, string place) =>
        Diagnostic.Create(
            DuplicateColumnDescriptor,
            span,
            $"column '{column}' is described twice in {place}; the first entry counts"
        );

    /// <summary>A CSV row, or a blank line, that is shorter than the header; it is filled up with NULL, as dbt does.</summary>
    public static Diagnostic ShortSeedRow(SourceSpan span, int found, int expected) =>
        Diagnostic.Create(
            ShortSeedRowDescriptor,
            span,
            found == 0
                ? "the line is blank; it becomes a row of NULLs"
                : FormattableString.Invariant($"the row has {found} of {expected} values; the others become NULL")
        );

    /// <summary>A <c>column_types</c> key that the header does not have.</summary>
    public static Diagnostic UnknownColumnType(SourceSpan span, string column, string seed, string? near) =>
        Diagnostic.Create(
            UnknownColumnTypeDescriptor,
            span,
            $"'column_types' gives a type to '{column}', but seed '{seed}' has no such column{DidYouMean(near)}"
        );

    private static string DidYouMean(string? near) => near is null ? string.Empty : $"; did you mean '{near}'?";
}
