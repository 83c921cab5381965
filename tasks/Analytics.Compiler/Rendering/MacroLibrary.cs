using System.Collections.Frozen;
using System.Collections.Immutable;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Rendering.Builtin;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering;

/// <summary>All macros of a project, its packages and the built-in package <c>dbt</c>. Shared by all threads.</summary>
internal sealed class MacroLibrary
{
    // dbt has the macros for Postgres in a package of their own; here they are one with the others.
    private const string AdapterNamespace = "dbt_postgres";

    private readonly FrozenDictionary<string, FrozenDictionary<string, MacroValue>> byPackage;
    private readonly FrozenDictionary<string, PackageNamespace> namespaces;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> dispatch;

    public MacroLibrary(ProjectSource source)
    {
        RootPackage = source.Root.Name;
        dispatch = source.Root.Definition.Dispatch;
        var packages = new Dictionary<string, FrozenDictionary<string, MacroValue>>(StringComparer.Ordinal)
        {
            [BuiltinPackage.Name] = BuiltinPackage.Macros,
        };
        foreach (var package in source.All)
        {
            packages[package.Name] = Index(package.Macros);
        }

        byPackage = packages.ToFrozenDictionary(StringComparer.Ordinal);
        namespaces = byPackage
            .Append(KeyValuePair.Create(AdapterNamespace, BuiltinPackage.Macros))
            .DistinctBy(pair => pair.Key)
            .ToFrozenDictionary(
                pair => pair.Key,
                pair => new PackageNamespace(pair.Key, pair.Value),
                StringComparer.Ordinal
            );
    }

    /// <summary>The name of the project that is built.</summary>
    public string RootPackage { get; }

    /// <summary>Every name that a template of the package can call without a namespace.</summary>
    public IEnumerable<string> NamesFor(string package) =>
        byPackage[package]
            .Keys.Concat(byPackage[RootPackage].Keys)
            .Concat(namespaces.Keys)
            .Concat(byPackage[BuiltinPackage.Name].Keys);

    /// <summary>The macros of the package that a message on a missing attribute speaks of; empty when it is of another thing.</summary>
    public IEnumerable<string> NamesIn(string message) =>
        byPackage
            .Where(package => message.StartsWith($"'{package.Key} object'", StringComparison.Ordinal))
            .SelectMany(package => package.Value.Keys);

    /// <summary>The macro of a package, or null.</summary>
    public MacroValue? Find(string package, string name) =>
        byPackage.TryGetValue(package, out var macros) ? macros.GetValueOrDefault(name) : null;

    /// <summary>Resolves a bare name as dbt does: own package, root project, a package's namespace, the built-in package.</summary>
    public object? Resolve(string package, string name) =>
        Find(package, name)
        ?? Find(RootPackage, name)
        ?? (object?)namespaces.GetValueOrDefault(name)
        ?? Find(BuiltinPackage.Name, name);

    /// <summary>
    /// The macro that somebody means who runs it by itself: of the package that stands in front with a dot, else of the root project, of
    /// another package (the first in ordinal order) or of <c>dbt</c>.
    /// </summary>
    public (string Package, MacroValue Macro)? FindOperation(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (packages, bare) = dot < 0 ? (OperationPackages, name) : ([name[..dot]], name[(dot + 1)..]);
        foreach (var package in packages)
        {
            if (Find(package, bare) is { } macro)
            {
                return (package, macro);
            }
        }

        return null;
    }

    /// <summary>Every name that <see cref="FindOperation"/> knows.</summary>
    public IEnumerable<string> OperationNames =>
        OperationPackages.SelectMany(package =>
            byPackage[package].Keys.SelectMany(name => new[] { name, $"{package}.{name}" })
        );

    private IEnumerable<string> OperationPackages =>
        byPackage
            .Keys.OrderBy(package =>
                package == RootPackage ? 0
                : package == BuiltinPackage.Name ? 2
                : 1
            )
            .ThenBy(package => package, StringComparer.Ordinal);

    /// <summary>The generic test a YAML file means: its own package, the root project, the built-in package.</summary>
    /// <param name="package">The package of the YAML file.</param>
    /// <param name="packageNamespace">The namespace it wrote; null without one.</param>
    /// <param name="test">The test's name.</param>
    public MacroReference? FindTest(string package, string? packageNamespace, string test)
    {
        var name = $"test_{test}";
        ReadOnlySpan<string> search = packageNamespace is null
            ? [package, RootPackage, BuiltinPackage.Name]
            : [packageNamespace];
        foreach (var candidate in search)
        {
            if (Find(candidate, name) is not null)
            {
                return new MacroReference(candidate, name);
            }
        }

        return null;
    }

    /// <summary>
    /// A materialization that the project or a package has: for PostgreSQL before one for all, and the project's own before a package's. As with
    /// dbt, a package cannot replace those that dbt has.
    /// </summary>
    public MacroReference? FindMaterialization(string name)
    {
        IEnumerable<string> packages = IsOfDbt(name)
            ? [RootPackage]
            : OperationPackages.Where(package => package != BuiltinPackage.Name);
        foreach (var adapter in (ReadOnlySpan<string>)["postgres", "default"])
        {
            var macro = $"materialization_{name}_{adapter}";
            if (packages.FirstOrDefault(package => Find(package, macro) is not null) is { } found)
            {
                return new MacroReference(found, macro);
            }
        }

        return null;
    }

    /// <summary>Whether a macro of dbt, by its own name or by what it dispatches to, is replaced for nodes of a package.</summary>
    public bool IsReplaced(string package, string name) =>
        Find(package, name) is not null
        || Find(RootPackage, name) is not null
        || Dispatch(package, name, BuiltinPackage.Name) is { Package: not BuiltinPackage.Name };

    private static bool IsOfDbt(string materialization) =>
        materialization is "view" or "table" or "incremental" or "ephemeral" or "materialized_view";

    /// <summary>The names of all generic tests as YAML writes them.</summary>
    public IEnumerable<string> TestNames =>
        from package in byPackage
        from macro in package.Value.Keys
        where macro.StartsWith("test_", StringComparison.Ordinal)
        select package.Key == RootPackage || package.Key == BuiltinPackage.Name
            ? macro["test_".Length..]
            : $"{package.Key}.{macro["test_".Length..]}";

    /// <summary><c>adapter.dispatch</c>: the first of the packages that has the macro for Postgres, or a default; null when none has.</summary>
    /// <param name="package">The package of the node being rendered.</param>
    /// <param name="name">The macro's name without a prefix.</param>
    /// <param name="macroNamespace">The namespace argument; null without one.</param>
    public MacroReference? Dispatch(string package, string name, string? macroNamespace)
    {
        var (postgres, other) = ($"postgres__{name}", $"default__{name}");
        foreach (var candidate in SearchOrder(package, macroNamespace))
        {
            if (Find(candidate, postgres) is not null)
            {
                return new MacroReference(candidate, postgres);
            }

            if (Find(candidate, other) is not null)
            {
                return new MacroReference(candidate, other);
            }
        }

        return null;
    }

    /// <summary>All names that <see cref="Dispatch"/> looks for, in its order.</summary>
    public IEnumerable<string> DispatchNames(string package, string name, string? macroNamespace) =>
        SearchOrder(package, macroNamespace)
            .SelectMany(candidate => new[] { $"{candidate}.postgres__{name}", $"{candidate}.default__{name}" });

    private IReadOnlyList<string> SearchOrder(string package, string? macroNamespace)
    {
        if (macroNamespace is not null && dispatch.TryGetValue(macroNamespace, out var configured))
        {
            return configured;
        }

        // With a namespace, the caller's own package is not asked.
        if (macroNamespace is not null && byPackage.ContainsKey(macroNamespace))
        {
            return RootPackage == macroNamespace ? [RootPackage] : [RootPackage, macroNamespace];
        }

        return package == RootPackage
            ? [RootPackage, BuiltinPackage.Name]
            : [package, RootPackage, BuiltinPackage.Name];
    }

    // A name that stands twice was reported when the package was loaded; the first one is taken.
    private static FrozenDictionary<string, MacroValue> Index(ImmutableArray<MacroResource> macros)
    {
        var index = new Dictionary<string, MacroValue>(StringComparer.Ordinal);
        foreach (var macro in macros)
        {
            index.TryAdd(macro.Name, new MacroValue(macro.Definition));
        }

        return index.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
