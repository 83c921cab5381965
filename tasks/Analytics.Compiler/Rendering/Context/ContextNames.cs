using System.Collections.Frozen;
using System.Globalization;
using Analytics.Compiler.Loading.Definition;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Every name that dbt's context gives to a template, and what makes its value.</summary>
internal static class ContextNames
{
    private static readonly FrozenDictionary<string, Func<RenderSession, object?>> Factories = new Dictionary<
        string,
        Func<RenderSession, object?>
    >(StringComparer.Ordinal)
    {
        ["ref"] = Ref,
        ["source"] = Source,
        ["function"] = session => HostFunction.Create("function", session.Function),
        ["config"] = session => new ConfigValue(session),
        ["this"] = session => session.This,
        ["model"] = session => session.Model,
        ["var"] = session => new VarFunction(session),
        ["env_var"] = EnvironmentFunctions.EnvVar,
        ["target"] = session => session.Project.Target,
        ["modules"] = session => session.Project.Modules,
        ["run_started_at"] = session => PythonModules.DatetimeValue(session.Project.Options.RunStartedAt),
        ["flags"] = session => session.Project.Flags,
        ["execute"] = session => session.Execute,
        ["is_incremental"] = session => HostFunction.Create("is_incremental", _ => session.IsIncremental),
        ["return"] = _ => ReturnFunction.Instance,
        ["log"] = TextFunctions.Log,
        ["print"] = TextFunctions.Print,
        ["render"] = TextFunctions.Render,
        // The artifact holds what is rendered; a template writes no file.
        ["write"] = _ => HostFunction.Create("write", _ => string.Empty),
        ["try_or_compiler_error"] = TextFunctions.TryOrCompilerError,
        ["validation"] = _ => TextFunctions.Validation,
        ["exceptions"] = session => new ExceptionsValue(session),
        ["adapter"] = session => new AdapterValue(session),
        ["api"] = ApiValue.For,
        ["column"] = _ => ColumnClass.Instance,
        ["load_result"] = session => session.Results.Load,
        ["store_result"] = session => session.Results.Store,
        ["store_raw_result"] = session => session.Results.StoreRaw,
        ["graph"] = session => session.Graph,
        ["env"] = session => session.Project.Target,
        ["pre_hooks"] = session => Hooks(session, "pre-hook"),
        ["post_hooks"] = session => Hooks(session, "post-hook"),
        ["hooks"] = _ => new PyList(),
        ["sql"] = _ => null,
        ["compiled_code"] = _ => null,
        ["defer_relation"] = _ => null,
        ["source_node"] = _ => null,
        ["sql_now"] = _ => "now()",
        ["selected_resources"] = session => session.Selected,
        ["invocation_args_dict"] = session => Invocation(session.Project.Options),
        // dbt collects variables by a prefix; which ones an artifact depends on must be known, so none are.
        ["dbt_metadata_envs"] = _ => new PyDict(),
        ["tojson"] = _ => DataFunctions.ToJson,
        ["fromjson"] = _ => DataFunctions.FromJson,
        ["toyaml"] = _ => DataFunctions.ToYaml,
        ["diff_of_two_dicts"] = _ => DataFunctions.DiffOfTwoDicts,
        ["fromyaml"] = _ => DataFunctions.FromYaml,
        ["set"] = _ => DataFunctions.Set,
        ["set_strict"] = _ => DataFunctions.SetStrict,
        ["zip"] = _ => DataFunctions.Zip,
        ["zip_strict"] = _ => DataFunctions.ZipStrict,
        ["local_md5"] = _ => DataFunctions.LocalMd5,
        ["doc"] = DocFunction.Make,
        ["database"] = session => session.Database,
        ["schema"] = session => session.Schema,
        ["project_name"] = session => session.Project.Macros.RootPackage,
        ["invocation_id"] = session => session.Project.Options.InvocationId.ToString("D"),
        ["dbt_version"] = _ => DbtVersion.Text,
        ["thread_id"] = ThreadId,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All names, for near-name suggestions.</summary>
    public static IEnumerable<string> All => Factories.Keys.Append("context").Append("builtins");

    public static bool TryMake(string name, RenderSession session, out object? value)
    {
        if (Factories.TryGetValue(name, out var factory))
        {
            value = factory(session);
            return true;
        }

        return RefusedFunctions.TryMake(name, session, out value);
    }

    // At build every run gives the same. In a publish two nodes that render at the same moment have two names, as dbt's workers have.
    private static string ThreadId(RenderSession session) =>
        session.Execute
            ? string.Create(CultureInfo.InvariantCulture, $"Thread-{Environment.CurrentManagedThreadId}")
            : "MainThread";

    private static HostFunction Ref(RenderSession session) => HostFunction.Create("ref", session.Ref);

    private static HostFunction Source(RenderSession session) => HostFunction.Create("source", session.Source);

    private static PyList Hooks(RenderSession session, string key) =>
        session.TryGetConfig(key, out var value) && value is PyList hooks ? hooks : [];

    private static PyDict Invocation(CompileOptions options) =>
        new()
        {
            { "which", options.Command },
            { "target", options.Target.Name },
            { "full_refresh", options.FullRefresh },
            { "vars", options.Vars.Copy() },
        };
}
