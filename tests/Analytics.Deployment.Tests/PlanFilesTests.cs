using System.Text.Json.Nodes;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests;

/// <summary>The three forms of a dry run, of one plan.</summary>
public sealed class PlanFilesTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Files =
    [
        (
            "models/whole.sql",
            "{{ config(materialized='table', grants={'select': ['public']}) }} select 1 as id from generate_series(1, 3000)"
        ),
        ("models/grows.sql", "{{ config(materialized='incremental', unique_key='id') }} select 1 as id"),
        ("models/old.sql", "{{ config(materialized='table') }} select 1 as id"),
        ("models/turned.sql", "{{ config(materialized='table') }} select 1 as id"),
        ("models/report.sql", "select id from {{ ref('whole') }}"),
        ("models/asks.sql", "select {{ run_query('select 7').columns[0].values()[0] }} as id"),
    ];

    [Fact]
    public async Task They_say_what_is_done_to_each_relation_with_locks_rows_and_dependents()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        await store.ExecuteAsync("create view dev.theirs as select * from dev.whole");
        store.Remove("models/old.sql");
        store.Write(
            ("models/turned.sql", "select 2 as id"),
            ("models/report.sql", "select id + 1 as id from {{ ref('whole') }}"),
            ("models/fresh.sql", "{{ config(schema='new', materialized='table') }} select 1 as id")
        );

        var report = await store.PublishAsync(change: request => request with { WhatIf = true, Prune = true });

        string Read(string file) => File.ReadAllText(Path.Combine(store.PathOf("dev"), file));
        Assert.Equal(report.Plan, Read("publish_plan.txt"));
        var changes = JsonNode.Parse(Read("publish_plan.json"))!["changes"]!
            .AsArray()
            .ToDictionary(change => (string)change!["relation"]!, change => change!);
        string Change(string relation) =>
            string.Join(
                '|',
                new[] { "action", "kind", "old_kind", "lock", "estimated_rows", "destructive" }.Select(key =>
                    changes[relation][key]?.ToString()
                )
            );
        Assert.Equal("rebuild|table|table|access exclusive|3000|false", Change("dev.whole"));
        Assert.Equal("merge|table|table|row exclusive|1|false", Change("dev.grows"));
        Assert.Equal("replace|view|table|access exclusive|1|true", Change("dev.turned"));
        Assert.Equal("replace|view|view|access exclusive||false", Change("dev.report"));
        Assert.Equal("create|table||||false", Change("dev_new.fresh"));
        Assert.Equal("recreate|view|view|access exclusive||false", Change("dev.theirs"));
        Assert.Equal("drop|table|table|access exclusive|1|true", Change("dev.old"));
        Assert.Equal("[\"dev.theirs\"]", changes["dev.whole"]["dependents"]!.ToJsonString());
        Assert.Equal("[\"SELECT to public\"]", changes["dev.whole"]["grants"]!.ToJsonString());
        Assert.Contains(
            "move dev__next.whole to dev.whole in place of a table (lock: access exclusive, about 3,000 rows; grants SELECT to public)\n",
            report.Plan
        );

        var script = Read("publish_plan.sql");
        var database = store.Database.Name;
        Assert.Contains("create schema if not exists \"dev_new\";\n", script);
        Assert.Contains(
            $"-- rebuild table dev.whole, about 3,000 rows\n-- lock: access exclusive\n-- read by dev.theirs, created again\ndrop table \"{database}\".\"dev\".\"whole\";\nalter table \"{database}\".\"dev__next\".\"whole\" set schema \"dev\";\ngrant SELECT on \"{database}\".\"dev\".\"whole\" to public;\n",
            script
        );
        Assert.Contains(
            $"create or replace view \"{database}\".\"dev\".\"report\" as (\nselect id + 1 as id from \"{database}\".\"dev\".\"whole\"\n);\n",
            script
        );
        Assert.Contains("its SQL is known when its template was answered by the database", script);
        Assert.Contains("-- DESTRUCTIVE: the project does not have it any more\n", script);
        Assert.Contains($"drop table \"{database}\".\"dev\".\"old\";\n", script);
        Assert.Contains($"insert into \"{database}\".\"dev\".\"grows\"", script);
        Assert.EndsWith("\ncommit;\n", script);
        Assert.Equal(["3000"], await store.QueryAsync("select count(*) from dev.whole"));
    }

    [Fact]
    public async Task A_full_refresh_of_what_grew_is_destructive()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();

        var report = await store.PublishAsync(change: request => request with { WhatIf = true, FullRefresh = true });

        Assert.Contains(
            "move dev__next.grows to dev.grows in place of a table (lock: access exclusive, about 1 row; destructive: ",
            report.Plan
        );
        Assert.DoesNotContain(
            "dev.whole in place of a table (lock: access exclusive, about 3,000 rows; destructive",
            report.Plan
        );
    }

    [Fact]
    public async Task Functions_are_in_them()
    {
        const string Twice = """
            functions:
              - name: twice
                arguments: [{name: x, data_type: integer}]
                returns: {data_type: integer}
            """;
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("functions/twice.sql", "select x * 2"),
            ("functions/f.yml", Twice)
        );
        await store.PublishAsync();
        store.Remove("functions/twice.sql");
        store.Remove("functions/f.yml");
        store.Write(
            ("functions/half.sql", "select x / 2"),
            ("functions/f.yml", Twice.Replace("twice", "half", StringComparison.Ordinal))
        );

        var report = await store.PublishAsync(change: request => request with { WhatIf = true, Prune = true });

        var functions = JsonNode.Parse(report.PlanJson!)!["functions"]!.AsArray();
        Assert.Equal(
            ["create dev.half false", "drop dev.twice(integer) true"],
            functions.Select(found => $"{found!["action"]} {found["function"]} {found["destructive"]}")
        );
        Assert.Contains("-- create function dev.half as built, before views\n", report.PlanScript);
        Assert.Contains("\ndrop function dev.twice(integer);\n", report.PlanScript);
    }

    [Fact]
    public async Task A_name_with_a_line_break_stays_in_its_comment()
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("models/odd.sql", "{{ config(materialized='table', alias='x\ndrop table t; --') }} select 1 as id")
        );

        var report = await store.PublishAsync(change: request => request with { WhatIf = true });

        Assert.DoesNotContain(
            report.PlanScript!.Split('\n'),
            line => line.StartsWith("drop table t", StringComparison.Ordinal) && !line.Contains('"')
        );
    }
}
