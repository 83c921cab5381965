using System.Buffers;
using System.Text;
using Analytics.Compiler;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Parsing;
using Analytics.Deployment.Planning.Selection;
using Analytics.Deployment.Tests.Support;

namespace Analytics.Deployment.Tests.Planning;

/// <summary><c>state:</c> and <c>result:</c> against what an earlier build and publish left.</summary>
public sealed class StateSelectionTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-state-tests-");

    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal)
    {
        ["dbt_project.yml"] = "name: shop\nprofile: shop\nmodels: {+schema: \"{{ target.name }}_x\"}\n",
        ["macros/inner.sql"] = "{% macro inner() %}1{% endmacro %}",
        ["macros/outer.sql"] = "{% macro outer() %}{{ inner() }}{% endmacro %}",
        ["models/plain.sql"] = "select 1 as id",
        ["models/calls.sql"] = "select {{ outer() }} as id",
        ["models/described.sql"] = "{{ config(persist_docs={'relation': true}) }} select 1 as id",
        ["models/strict.sql"] = "{{ config(contract={'enforced': true}) }} select 1 as id",
        ["models/schema.yml"] = Properties("A thing.", "int"),
        ["seeds/codes.csv"] = "code\nx\n",
    };

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("models/plain.sql", "select 2 as id", "plain", "modified modified.body")]
    [InlineData("models/plain.sql", "\nselect 1 as id\n\n", "", "modified modified.body")]
    [InlineData(
        "models/plain.sql",
        "{{ config(materialized='table') }} select 1 as id",
        "plain",
        "modified modified.configs"
    )]
    [InlineData("models/plain.sql", "{{ config(tags='x') }} select 1 as id", "", "modified.configs modified.relation")]
    [InlineData("models/plain.sql", "{{ config(alias='x') }} select 1 as id", "plain", "modified modified.relation")]
    [InlineData("macros/inner.sql", "{% macro inner() %}2{% endmacro %}", "calls", "modified modified.macros")]
    [InlineData("macros/more.sql", "{% macro more() %}2{% endmacro %}", "", "modified modified.macros")]
    [InlineData("seeds/codes.csv", "code\ny\n", "codes", "modified modified.body")]
    [InlineData("models/added.sql", "select 1 as id", "added", "new modified modified.body modified.configs")]
    [InlineData("models/schema.yml", "persisted", "described", "modified modified.persisted_descriptions")]
    [InlineData("models/schema.yml", "retyped", "strict", "modified modified.contract")]
    public void What_changed_is_selected(string path, string text, string expected, string words)
    {
        var earlier = Build();
        files[path] = text switch
        {
            "persisted" => Properties("Another thing.", "int"),
            "retyped" => Properties("A thing.", "bigint"),
            _ => text,
        };

        foreach (var word in words.Split(' '))
        {
            Assert.Equal((word, expected), (word, Select($"state:{word}", earlier)));
        }
    }

    [Fact]
    public void What_is_as_it_was_is_unmodified_and_old()
    {
        var earlier = Build();
        files["models/plain.sql"] = "select 2 as id";
        files["models/added.sql"] = "select 1 as id";

        Assert.Equal("calls codes described raw.t strict", Select("state:unmodified", earlier));
        Assert.Equal("calls codes described plain raw.t strict", Select("state:old", earlier));
    }

    [Fact]
    public void A_new_source_is_new_and_not_modified_as_in_dbt()
    {
        var earlier = Build();
        files["models/more.yml"] = "sources: [{name: more, tables: [{name: u}]}]\n";

        Assert.Equal("more.u", Select("state:new", earlier));
        Assert.Equal("", Select("state:modified", earlier));
    }

    [Fact]
    public void Another_target_is_no_change()
    {
        var earlier = Build("prod");

        Assert.Equal("", Select("state:modified", earlier));
    }

    [Fact]
    public void The_state_may_be_a_folder_a_manifest_or_an_artifact()
    {
        Build();
        files["models/plain.sql"] = "select 2 as id";

        Assert.Equal("plain", Select("state:modified", folder.FullName));
        Assert.Equal("plain", Select("state:modified", Path.Combine(folder.FullName, "manifest.json")));
        Assert.Equal("plain", Select("state:modified", Path.Combine(folder.FullName, "shop.pgpac")));
    }

    [Fact]
    public void Results_are_those_of_the_earlier_run()
    {
        Build();
        File.WriteAllText(
            Path.Combine(folder.FullName, "run_results.json"),
            """
            {"results": [
              {"unique_id": "model.shop.plain", "status": "error"},
              {"unique_id": "model.shop.calls", "status": "success"},
              {"unique_id": 3}, 7
            ]}
            """
        );

        Assert.Equal("plain", Select("result:error", folder.FullName));
        Assert.Equal("calls plain", Select("result:error result:success", folder.FullName));
    }

    [Fact]
    public void Sources_with_newer_rows_than_before_are_fresher()
    {
        Build();
        files["models/more.yml"] = "sources: [{name: more, tables: [{name: u}, {name: v}, {name: w}, {name: x}]}]\n";
        files["models/reader.sql"] = "select * from {{ source('more', 'u') }}";
        var now = folder.CreateSubdirectory("now").FullName;
        Sources(folder.FullName, ("raw.t", "2025-01-01"), ("more.u", "2025-01-01"), ("more.w", "2025-01-02"));
        Sources(now, ("raw.t", "2025-01-01"), ("more.u", "2025-01-02"), ("more.v", "2025-01-01"), ("more.x", ""));

        Assert.Equal("more.u more.v reader", Select("source_status:fresher+", folder.FullName, now));
        File.Delete(Path.Combine(now, "sources.json"));
        var (project, manifest) = Current();
        var (ids, diagnostics) = new NodeSelector(project, manifest).Select(
            new SelectionRequest
            {
                Select = "source_status:fresher",
                StatePath = folder.FullName,
                ReportsPath = now,
            }
        );
        Assert.Null(ids);
        Assert.Contains($"there is no sources.json in '{now}'", Assert.Single(diagnostics).Message);

        static void Sources(string folder, params (string Source, string Day)[] sources) =>
            File.WriteAllText(
                Path.Combine(folder, "sources.json"),
                $"{{\"results\": [{string.Join(", ", sources.Select(source => source.Day.Length == 0
                    ? $"{{\"unique_id\": \"source.shop.{source.Source}\", \"status\": \"runtime error\"}}"
                    : $"{{\"unique_id\": \"source.shop.{source.Source}\", \"max_loaded_at\": \"{source.Day}T00:00:00.000000Z\"}}"))}]}}"
            );
    }

    [Theory]
    [InlineData("manifest.json", "{", "state:new", "cannot be read")]
    [InlineData("manifest.json", "[1]", "state:new", "")]
    [InlineData("run_results.json", "nothing", "result:error", "cannot be read")]
    [InlineData("run_results.json", "{}", "state:new", "there is no manifest.json in")]
    [InlineData("manifest.json", "{}", "result:error", "there is no run_results.json in")]
    public void A_state_that_cannot_be_read_is_an_error(string name, string content, string select, string message)
    {
        File.WriteAllText(Path.Combine(folder.FullName, name), content);

        var (project, manifest) = Current();
        var (ids, diagnostics) = new NodeSelector(project, manifest).Select(
            new SelectionRequest { Select = select, StatePath = folder.FullName }
        );

        if (message.Length == 0)
        {
            Assert.NotEmpty(ids!);
            return;
        }

        Assert.Null(ids);
        Assert.Contains(message, Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    private static string Properties(string description, string type) =>
        $$"""
            sources: [{name: raw, tables: [{name: t}]}]
            models:
              - {name: described, description: {{description}}}
              - {name: plain, description: {{description}}}
              - {name: strict, columns: [{name: id, data_type: {{type}}}]}
            """;

    private string Build(string target = "dev")
    {
        var built = BuildResult(target);
        File.WriteAllBytes(Path.Combine(folder.FullName, "manifest.json"), built.Manifest!.Value.ToArray());
        File.WriteAllBytes(Path.Combine(folder.FullName, "shop.pgpac"), built.Artifact!.Value.ToArray());
        return folder.FullName;
    }

    private BuildResult BuildResult(string target)
    {
        var profiles = string.Concat(
            new[] { "dev", "prod" }.Select(name =>
                $"    {name}: {{type: postgres, host: h, user: u, password: p, dbname: d, schema: {name}}}\n"
            )
        );
        var directory = folder.CreateSubdirectory("project");
        File.WriteAllText(
            Path.Combine(directory.FullName, "profiles.yml"),
            $"shop:\n  target: dev\n  outputs:\n{profiles}"
        );
        var input = TestCompiler.Input(files);
        var built = ProjectBuilder.Build(
            new BuildRequest(
                input with
                {
                    Root = input.Root with { Directory = directory.FullName },
                },
                target,
                string.Empty,
                ProcessEnvironment.Instance,
                null,
                ParseCache.Empty
            ),
            TestContext.Current.CancellationToken
        );
        Assert.True(built.Artifact is not null, string.Join("\n", built.Diagnostics));
        return built;
    }

    private (CompiledProject Project, ReadOnlyMemory<byte> Manifest) Current()
    {
        var compiled = TestCompiler.Compile(files, TestCompiler.Target);
        Assert.True(compiled.Project is not null, string.Join("\n", compiled.Diagnostics));
        return (compiled.Project, BuildResult("dev").Manifest!.Value.ToArray());
    }

    private string Select(string select, string state, string? reports = null)
    {
        var (project, manifest) = Current();
        var (ids, diagnostics) = new NodeSelector(project, manifest).Select(
            new SelectionRequest
            {
                Select = select,
                StatePath = state,
                ReportsPath = reports,
            }
        );
        Assert.True(ids is not null, string.Join("\n", diagnostics));
        return string.Join(
            ' ',
            ids.Select(id => string.Join('.', id.Split('.').Skip(2))).Order(StringComparer.Ordinal)
        );
    }
}
