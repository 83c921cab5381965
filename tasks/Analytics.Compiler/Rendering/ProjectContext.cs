using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering;

/// <summary>What all renderings of one compilation share. Immutable, read by all threads.</summary>
internal sealed class ProjectContext
{
    public ProjectContext(ProjectSource source, CompileOptions options)
    {
        Source = source;
        Options = options;
        Macros = new MacroLibrary(source);
        Docs = new DocsLibrary(source);
        Vars = new ProjectVars(source, options.Vars);
        Quoting = QuotingReader.Read(source.Root.Definition.Quoting);
        Modules = PythonModulesValue.Make(options.RunStartedAt);
        Target = TargetMapping(options.Target);
        Flags = new FrozenMapping(
            new PyDict
            {
                { "WHICH", options.Command },
                { "FULL_REFRESH", options.FullRefresh },
                { "EMPTY", options.Inputs.None },
                { "STORE_FAILURES", options.StoreFailures },
                { "WARN_ERROR", false },
            }
        );
    }

    public ProjectSource Source { get; }

    public CompileOptions Options { get; }

    public MacroLibrary Macros { get; }

    public DocsLibrary Docs { get; }

    public ProjectVars Vars { get; }

    /// <summary>What the root project says of quotes: it holds for packages too.</summary>
    public QuotePolicy Quoting { get; }

    /// <summary>The <c>target</c> of templates; the password is not in it.</summary>
    public FrozenMapping Target { get; }

    public FrozenMapping Flags { get; }

    public FrozenMapping Modules { get; }

    /// <summary>Limits of one rendering.</summary>
    public static RenderOptions RenderOptions { get; } = new();

    /// <summary>A target as templates see it.</summary>
    public static FrozenMapping TargetMapping(TargetProfile target)
    {
        var mapping = new PyDict
        {
            { "profile_name", target.ProfileName },
            { "name", target.Name },
            { "target_name", target.Name },
            { "type", "postgres" },
            { "threads", (long)target.Threads },
            { "host", target.Host },
            { "port", (long)target.Port },
            { "user", target.User },
            { "database", target.Database },
            { "dbname", target.Database },
            { "schema", target.Schema },
            { "embedded", target.Embedded },
        };
        foreach (var (key, value) in target.Settings.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            mapping[key] = value;
        }

        return new FrozenMapping(mapping);
    }
}
