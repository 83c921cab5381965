using System.Text.Json;
using Analytics.Deployment.Operations;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Operations;

public sealed class MacroOperationTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_macro_writes_reads_and_says_something()
    {
        await using var shop = await Storefront.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as x"),
            (
                "macros/fill.sql",
                """
                {% macro fill(rows, kind='plain') %}
                  {% do run_query('create table public.filled as select generate_series(1, ' ~ rows ~ ') as n') %}
                  {% call statement('more') %} insert into public.filled values (100) {% endcall %}
                  {% set found = run_query('select count(*) as n, max(n) as m from public.filled') %}
                  {{ log(kind ~ ': ' ~ found.rows[0][0] ~ ' of ' ~ ref('a') ~ ' on ' ~ target.name, info=true) }}
                  {{ print(flags.WHICH ~ ' ' ~ execute) }}
                  {{ log('for the file only') }}
                {% endmacro %}
                """
            )
        );

        Assert.True(await RunAsync(shop, "fill", "{rows: 3, kind: odd}"), string.Join("\n", shop.Observer.Diagnostics));

        Assert.Equal(
            [$"odd: 4 of \"{shop.Database.Name}\".\"dev\".\"a\" on dev", "run-operation True"],
            shop.Observer.Messages
        );
        Assert.Equal(["4"], await shop.QueryAsync("select count(*) from public.filled"));
        using var json = await ResultsAsync(shop);
        var result = json.RootElement.GetProperty("results")[0];
        Assert.Equal("macro.shop.fill", result.GetProperty("unique_id").GetString());
        Assert.Equal("success", result.GetProperty("status").GetString());
        Assert.Equal(0, result.GetProperty("failures").GetInt32());
        Assert.Equal("run-operation", json.RootElement.GetProperty("args").GetProperty("which").GetString());
    }

    [Fact]
    public async Task A_statement_that_fails_is_reported_in_the_macro_and_what_was_before_stays()
    {
        await using var shop = await Storefront.OpenAsync(
            postgres,
            (
                "macros/break.sql",
                """
                {% macro break_it() %}
                  {% do run_query('create table public.before as select 1 as n') %}
                  {% do run_query('select * from nowhere') %}
                  {% do run_query('create table public.after as select 1 as n') %}
                {% endmacro %}
                """
            )
        );

        Assert.False(await RunAsync(shop, "break_it"));

        var error = Assert.Single(shop.Observer.Diagnostics);
        Assert.StartsWith("macros/break.sql(3,", error.ToString());
        Assert.Contains("relation \"nowhere\" does not exist", error.Message);
        Assert.Equal(
            ["before"],
            await shop.QueryAsync("select tablename from pg_tables where schemaname = 'public' order by 1")
        );
        using var json = await ResultsAsync(shop);
        var result = json.RootElement.GetProperty("results")[0];
        Assert.Equal("error", result.GetProperty("status").GetString());
        Assert.Equal(1, result.GetProperty("failures").GetInt32());
        Assert.Equal(error.Message, result.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_transaction_of_the_macro_is_one_and_an_open_one_is_rolled_back()
    {
        await using var shop = await Storefront.OpenAsync(
            postgres,
            (
                "macros/tx.sql",
                """
                {% macro done() %}{% do run_query('begin; create table public.one (n int); commit') %}{% endmacro %}
                {% macro left_open() %}
                  {% do run_query('begin') %}{% do run_query('create table public.two (n int)') %}
                {% endmacro %}
                """
            )
        );

        Assert.True(await RunAsync(shop, "done"));
        Assert.True(await RunAsync(shop, "left_open"));

        Assert.Equal(["one"], await shop.QueryAsync("select tablename from pg_tables where schemaname = 'public'"));
    }

    [Theory]
    [InlineData("fil", "", "ASQL6030", "there is no macro 'fil' in the project and its packages; did you mean 'fill'?")]
    [InlineData("other.fill", "", "ASQL6030", "there is no macro 'other.fill'")]
    [InlineData("fill", "{row: 1}", "ASQL6031", "it has no argument 'row'; did you mean 'rows'?")]
    [InlineData("fill", "[1]", "ASQL6031", "the property Args must be a YAML mapping")]
    [InlineData("fill", "", "ASQL1002", "'rows'")]
    public async Task What_cannot_be_called_is_said_with_a_near_name(
        string macro,
        string arguments,
        string code,
        string message
    )
    {
        await using var shop = await Storefront.OpenAsync(
            postgres,
            ("macros/fill.sql", "{% macro fill(rows) %}{% do run_query('select ' ~ rows.count) %}{% endmacro %}")
        );

        Assert.False(await RunAsync(shop, macro, arguments));

        var error = Assert.Single(shop.Observer.Diagnostics);
        Assert.Equal(code, error.Id);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task A_macro_of_a_package_is_found_with_and_without_its_name()
    {
        await using var shop = await Storefront.OpenAsync(
            postgres,
            ("macros/hello.sql", "{% macro hello() %}{{ print('ours') }}{% endmacro %}")
        );

        Assert.True(await RunAsync(shop, "hello"));
        Assert.Equal(["ours"], shop.Observer.Messages);
        Assert.True(await RunAsync(shop, "shop.hello"));
        Assert.Equal(["ours"], shop.Observer.Messages);
        Assert.True(await RunAsync(shop, "dbt.type_string"));
    }

    private static Task<bool> RunAsync(Storefront shop, string macro, string arguments = "") =>
        MacroOperation.RunAsync(
            new OperationRequest
            {
                ArtifactPath = shop.Build(),
                ProjectDirectory = shop.Folder,
                EmbeddedServerDirectory = Path.Combine(shop.Folder, "postgres"),
                ReportDirectory = shop.Folder,
                Macro = macro,
                Arguments = arguments,
            },
            shop.Listen(),
            Token
        );

    private static async Task<JsonDocument> ResultsAsync(Storefront shop) =>
        JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(shop.Folder, "run_results.json"), Token));
}
