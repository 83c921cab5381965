using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Tests.Resolving;

public sealed class NamingMacroTests
{
    [Fact]
    public void The_macros_of_the_project_name_its_nodes_and_see_what_is_known_of_them()
    {
        var project = new TestProject()
            .File(
                "macros/names.sql",
                """
                {% macro generate_schema_name(custom_schema_name, node) %}
                  {{ node.resource_type }}_{{ node.fqn[1] }}_{{ node.config.materialized }}_{{ custom_schema_name or 'none' }}
                {% endmacro %}
                {% macro generate_alias_name(custom_alias_name=none, node=none) %}
                  {{ node.original_file_path | replace('/', '_') | replace('.', '_') }}
                {% endmacro %}
                {% macro generate_database_name(custom_database_name=none, node=none) %}
                  {{ node.database }}{{ node.config.get('database') or '' }}
                {% endmacro %}
                """
            )
            .File("models/marts/a.sql", "{{ config(schema='gold') }}select 1 as one")
            .File("seeds/geo/s.csv", "id\n1\n")
            .Compile();

        Assert.Equal("model_marts_view_gold.models_marts_a_sql", Relation(project, "model.shop.a"));
        Assert.Equal("seed_geo_seed_none.seeds_geo_s_csv", Relation(project, "seed.shop.s"));
    }

    [Fact]
    public void A_package_names_its_own_nodes_where_it_has_a_macro_for_it()
    {
        var project = new TestProject()
            .Package(
                "own",
                ("macros/n.sql", "{% macro generate_schema_name(name, node) %}of_own{% endmacro %}"),
                ("models/a.sql", "select 1 as one")
            )
            .Package("other", ("models/b.sql", "select 1 as one"))
            .File("macros/n.sql", "{% macro generate_schema_name(name, node) %}of_root{% endmacro %}")
            .File("models/c.sql", "select 1 as one")
            .Compile();

        Assert.Equal("of_own.a", Relation(project, "model.own.a"));
        Assert.Equal("of_root.b", Relation(project, "model.other.b"));
        Assert.Equal("of_root.c", Relation(project, "model.shop.c"));
    }

    [Fact]
    public void A_snapshot_may_say_its_schema_and_database_itself()
    {
        var project = new TestProject()
            .File(
                "snapshots/s.sql",
                "{% snapshot s %}{{ config(target_schema='history', target_database='other', unique_key='id', strategy='check', check_cols='all') }}select 1 as id{% endsnapshot %}"
            )
            .Compile();

        Assert.Equal("other", ((SnapshotNode)project.Graph["snapshot.shop.s"]).Relation.Database);
        Assert.Equal("history.s", Relation(project, "snapshot.shop.s"));
    }

    private static string Relation(CompiledProject project, string id) =>
        ((RelationNode)project.Graph[id]).Relation.ToString();
}
