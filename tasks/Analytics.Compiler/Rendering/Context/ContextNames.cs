using System.Collections.Frozen;
using Analytics.Jinja;

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
        ["log"] = _ => HostFunction.Create("log", _ => string.Empty),
        ["print"] = _ => HostFunction.Create("print", _ => string.Empty),
        ["exceptions"] = session => new ExceptionsValue(session),
        ["adapter"] = session => new AdapterValue(session),
        ["api"] = _ => ApiValue.Instance,
        ["statement"] = session => session.Queries.Statement,
        ["run_query"] = session => session.Queries.RunQuery,
        ["load_result"] = session => session.Queries.LoadResult,
        ["builtins"] = Builtins,
        ["tojson"] = _ => DataFunctions.ToJson,
        ["fromjson"] = _ => DataFunctions.FromJson,
        ["fromyaml"] = _ => DataFunctions.FromYaml,
        ["set"] = _ => DataFunctions.Set,
        ["set_strict"] = _ => DataFunctions.SetStrict,
        ["zip"] = _ => DataFunctions.Zip,
        ["zip_strict"] = _ => DataFunctions.ZipStrict,
        ["local_md5"] = _ => DataFunctions.LocalMd5,
        ["doc"] = DocFunction.Make,
        ["database"] = session => session.Project.Options.Target.Database,
        ["schema"] = session => session.Project.Options.Target.Schema,
        ["project_name"] = session => session.Project.Macros.RootPackage,
        ["invocation_id"] = session => session.Project.Options.InvocationId.ToString("D"),
        ["dbt_version"] = _ => "1.12.3",
        ["thread_id"] = _ => "main",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All names, for near-name suggestions.</summary>
    public static IEnumerable<string> All => Factories.Keys;

    public static bool TryMake(string name, RenderSession session, out object? value)
    {
        if (Factories.TryGetValue(name, out var factory))
        {
            value = factory(session);
            return true;
        }

        value = null;
        return false;
    }

    private static HostFunction Ref(RenderSession session) => HostFunction.Create("ref", session.Ref);

    private static HostFunction Source(RenderSession session) => HostFunction.Create("source", session.Source);

    private static FrozenMapping Builtins(RenderSession session) =>
        new(
            new()
            {
                { "ref", Ref(session) },
                { "source", Source(session) },
                { "config", new ConfigValue(session) },
            }
        );
}
