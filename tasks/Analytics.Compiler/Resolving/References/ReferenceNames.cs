using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.References;

/// <summary>What <c>ref</c> and <c>source</c> can name, before the graph exists.</summary>
internal sealed class ReferenceNames(string rootPackage)
{
    /// <summary>The id of a resource that exists, but whose template has an error of its own.</summary>
    public const string BrokenId = "";

    private readonly Dictionary<string, List<(string Package, string Id)>> refs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, string Table), List<(string Package, string Id)>> sources = [];
    private readonly Dictionary<string, List<(string Package, string Id)>> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> versions = new(StringComparer.Ordinal);
    private readonly HashSet<string> disabledRefs = new(StringComparer.Ordinal);
    private readonly HashSet<(string Source, string Table)> disabledSources = [];
    private readonly HashSet<(string Package, string? Asked, string Name)> reported = [];

    public void AddRef(string package, string name, string id) => Add(refs, name, package, id);

    /// <summary>A version of a model: found by its version, and, when it is the latest, also without one.</summary>
    public void AddVersion(string package, string name, ModelVersion version, string id)
    {
        Add(refs, Versioned(name, version.Text), package, id);
        if (version.IsLatest)
        {
            Add(refs, name, package, id);
        }

        if (!versions.TryGetValue(name, out var known))
        {
            versions[name] = known = new SortedSet<string>(StringComparer.Ordinal);
        }

        known.Add(version.Text);
    }

    public void AddSource(string package, string source, string table, string id) =>
        Add(sources, (source, table), package, id);

    public void AddFunction(string package, string name, string id) => Add(functions, name, package, id);

    public void AddDisabledRef(string name) => disabledRefs.Add(name);

    public void AddDisabledSource(string source, string table) => disabledSources.Add((source, table));

    /// <summary>Whether a call names a model, seed or snapshot that is disabled.</summary>
    public bool IsDisabled(RefCall call) => disabledRefs.Contains(call.Name);

    /// <summary>Whether a call names a source's table that is disabled.</summary>
    public bool IsDisabled(SourceCall call) => disabledSources.Contains((call.Source, call.Table));

    /// <summary>Notes that a call without a meaning has been reported: the rendering need not say it again.</summary>
    public void AddReported(string package, RefCall call) => reported.Add((package, call.Package, call.Name));

    /// <summary>Whether a call without a meaning has been reported.</summary>
    public bool IsReported(string package, RefCall call) => reported.Contains((package, call.Package, call.Name));

    /// <summary>The unique id a call means, or null.</summary>
    /// <param name="package">The package of the file that holds the call.</param>
    /// <param name="call">The call.</param>
    public string? Ref(string package, RefCall call)
    {
        var key = call.Version is null ? call.Name : Versioned(call.Name, PyText.Str(call.Version));
        if (!refs.TryGetValue(key, out var found))
        {
            return null;
        }

        if (call.Package is { } asked)
        {
            return found.Find(candidate => candidate.Package == asked).Id;
        }

        return Nearest(package, found);
    }

    /// <summary>The unique id a call means, or null.</summary>
    public string? Source(string package, SourceCall call) =>
        sources.TryGetValue((call.Source, call.Table), out var found) ? Nearest(package, found) : null;

    /// <summary>The unique id a call means, or null.</summary>
    public string? Function(string package, FunctionCall call) =>
        !functions.TryGetValue(call.Name, out var found) ? null
        : call.Package is { } asked ? found.Find(candidate => candidate.Package == asked).Id
        : Nearest(package, found);

    /// <summary>Says why a <c>function</c> has no meaning.</summary>
    public Diagnostic UnknownFunction(SourceSpan span, FunctionCall call) =>
        FunctionDiagnostics.Unknown(span, call.Name, NearName.Find(call.Name, functions.Keys));

    /// <summary>Says why a <c>ref</c> has no meaning.</summary>
    public Diagnostic UnknownRef(SourceSpan span, RefCall call)
    {
        if (call.Version is { } version && (refs.ContainsKey(call.Name) || versions.ContainsKey(call.Name)))
        {
            return GraphDiagnostics.UnknownVersion(
                span,
                call.Name,
                PyText.Str(version),
                versions.TryGetValue(call.Name, out var known) ? string.Join(", ", known) : null
            );
        }

        return disabledRefs.Contains(call.Name)
            ? GraphDiagnostics.DisabledRef(span, call.Name)
            : GraphDiagnostics.UnknownRef(span, call.Name, NearName.Find(call.Name, refs.Keys));
    }

    /// <summary>Says why a <c>source</c> has no meaning.</summary>
    public Diagnostic UnknownSource(SourceSpan span, SourceCall call)
    {
        if (disabledSources.Contains((call.Source, call.Table)))
        {
            return GraphDiagnostics.DisabledRef(span, $"{call.Source}.{call.Table}");
        }

        var near = NearName.Find(
            $"{call.Source}.{call.Table}",
            sources.Keys.Select(key => $"{key.Source}.{key.Table}")
        );
        return GraphDiagnostics.UnknownSource(span, call.Source, call.Table, near);
    }

    // dbt looks in the root project, then in the package of the caller, then everywhere.
    private string Nearest(string package, List<(string Package, string Id)> found)
    {
        foreach (var candidate in (ReadOnlySpan<string>)[rootPackage, package])
        {
            if (found.Find(entry => entry.Package == candidate).Id is { } id)
            {
                return id;
            }
        }

        return found.MinBy(entry => entry.Id, StringComparer.Ordinal).Id;
    }

    private static string Versioned(string name, string version) => $"{name}.v{version}";

    private static void Add<TKey>(
        Dictionary<TKey, List<(string Package, string Id)>> index,
        TKey key,
        string package,
        string id
    )
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list))
        {
            index[key] = list = [];
        }

        list.Add((package, id));
    }
}
