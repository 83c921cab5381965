using Analytics.Compiler.Resolving;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Security;

/// <summary>Names and values of every kind go to the server as what they are.</summary>
public sealed class QuotingTests(PostgresFixture postgres)
{
    public static TheoryData<string> Names =>
        [
            "with space",
            "Upper",
            "dot.ted",
            "quo\"te",
            "apo'strophe",
            "back\\slash",
            "semi; drop schema dev cascade; --",
            "naïve ñandú 東京",
            "$$dollar$1",
            "%percent{0}",
            "select",
            new string('x', 63),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_of_any_characters_is_a_name(string name)
    {
        var yaml = $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
        var template = Template(name);
        var schemaTemplate = Template(name[..Math.Min(name.Length, 59)]);
        var quoted = SqlQuote.Identifier(name);

        // Keys and what indexes are on are SQL, as in dbt: there the author quotes.
        var written = Template(quoted);
        var role = SqlQuote.Identifier(name[..Math.Min(name.Length, 50)] + " role");
        await using var store = await Storefront.OpenAsync(
            postgres,
            (
                "models/base.sql",
                $"{{{{ config(materialized='table', alias={template}, schema={schemaTemplate}, indexes=[{{'columns': [{written}], 'unique': true}}]) }}}} select 1 as {quoted}"
            ),
            (
                "models/grows.sql",
                $"{{{{ config(materialized='incremental', unique_key={written}, schema={schemaTemplate}) }}}} select {quoted}, 'new' as text from {{{{ ref('base') }}}}"
            ),
            ("models/shown.sql", "select * from {{ ref('grows') }}"),
            (
                "snapshots/hist.sql",
                $"{{% snapshot hist %}}{{{{ config(unique_key={written}, strategy='check', check_cols=[{template}]) }}}} select * from {{{{ ref('base') }}}}{{% endsnapshot %}}"
            ),
            (
                "models/_models.yml",
                $$"""
                models:
                  - name: base
                    description: {{yaml}}
                    config: {persist_docs: {relation: true, columns: true} }
                    columns:
                      - name: {{yaml}}
                        description: {{yaml}}
                        quote: true
                        data_tests: [not_null, unique]
                """
            )
        );
        await store.ExecuteAsync("create schema bi");
        await store.AsSuperUserAsync($"create role {role}");
        try
        {
            await store.PublishAsync();
            var there = await store.QueryAsync(
                $"select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname = 'grows'"
            );
            Assert.Single(there);
            var schema = SqlQuote.Identifier(there[0]);
            await store.ExecuteAsync(
                $"create view bi.{quoted} as select {quoted} from {schema}.{quoted}; grant select on {schema}.{quoted} to {role}; grant select on bi.{quoted} to {role}"
            );

            await store.PublishAsync(change: request => request with { Force = true });

            Assert.Equal(["1"], await store.QueryAsync($"select {quoted}::text from bi.{quoted}"));
            Assert.Equal(["1 new"], await store.QueryAsync($"select {quoted} || ' ' || text from dev.shown"));
            Assert.Equal(["1"], await store.QueryAsync("select count(*)::text from dev.hist"));
            var literal = SqlQuote.Literal($"{schema}.{quoted}");
            Assert.Equal(
                [$"{name}|{name}|True"],
                await store.QueryAsync(
                    $"select obj_description({literal}::regclass, 'pg_class'), col_description({literal}::regclass, 1), has_table_privilege({SqlQuote.Literal(name[..Math.Min(name.Length, 50)] + " role")}, {literal}::regclass, 'select')"
                )
            );
            Assert.Equal(
                ["0"],
                await store.QueryAsync("select count(*)::text from pg_namespace where nspname like '%\\_\\_next%'")
            );
        }
        finally
        {
            await store.AsSuperUserAsync($"drop owned by {role} cascade; drop role {role}");
        }
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("C:\\new\\table'")]
    [InlineData("'; drop schema dev cascade; --")]
    [InlineData("\\'; drop schema dev cascade; --")]
    public async Task A_value_is_a_value_also_where_the_server_takes_backslashes_for_more(string value)
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
            (
                "models/_models.yml",
                $$"""
                models:
                  - name: base
                    description: '{{value.Replace("'", "''", StringComparison.Ordinal)}}'
                    config: {persist_docs: {relation: true} }
                """
            )
        );
        await store.AsSuperUserAsync(
            $"alter role dbt in database \"{store.Database.Name}\" set standard_conforming_strings = off"
        );

        await store.PublishAsync();

        Assert.Equal(
            [value],
            await store.QueryAsSuperUserAsync("select obj_description('dev.base'::regclass, 'pg_class')")
        );
    }

    private static string Template(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
