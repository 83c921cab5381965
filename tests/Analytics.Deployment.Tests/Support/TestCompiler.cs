using System.Collections.Immutable;
using System.Text;
using Analytics.Compiler;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Tests.Support;

/// <summary>Compiles projects of a few files in memory.</summary>
internal static class TestCompiler
{
    /// <summary>A target that nobody connects to.</summary>
    public static TargetProfile Target { get; } =
        new(
            "shop",
            "dev",
            false,
            "localhost",
            5432,
            "dbt",
            "analytics",
            "gold",
            4,
            null,
            ImmutableDictionary<string, string>.Empty
        );

    public static ProjectInput Input(IEnumerable<KeyValuePair<string, string>> files)
    {
        var sorted = files.OrderBy(file => file.Key, StringComparer.Ordinal);
        return new ProjectInput(
            new ProjectFileSet(
                [.. sorted.Select(file => new ProjectFile(file.Key, Encoding.UTF8.GetBytes(file.Value)))],
                null,
                "shop"
            ),
            []
        );
    }

    public static CompileResult Compile(
        IEnumerable<KeyValuePair<string, string>> files,
        TargetProfile target,
        bool fullRefresh = false,
        bool storeFailures = false
    ) =>
        ProjectCompiler.Compile(
            Input(files),
            new CompileOptions(
                target,
                new PyDict(),
                ProcessEnvironment.Instance,
                fullRefresh,
                "build",
                Guid.Empty,
                DateTimeOffset.UnixEpoch
            )
            {
                StoreFailures = storeFailures,
            },
            TestContext.Current.CancellationToken
        );

    /// <summary>A project named shop that has no mistakes.</summary>
    public static CompiledProject Project(params (string Path, string Text)[] files)
    {
        var all = files
            .Append(("dbt_project.yml", "name: shop\nversion: '1.0'\n"))
            .ToDictionary(file => file.Item1, file => file.Item2, StringComparer.Ordinal);
        var result = Compile(all, Target);
        Assert.True(result.Project is not null, string.Join("\n", result.Diagnostics));
        return result.Project;
    }
}
