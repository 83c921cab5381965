namespace Analytics.Compiler.Tests.Rendering.Context;

public sealed class RelationValueTests
{
    [Theory]
    [InlineData(
        "{{ api.Relation.create(database='d', schema='s', identifier='i', type='view') }}",
        "\"d\".\"s\".\"i\""
    )]
    [InlineData("{{ api.Relation.create(schema='s', identifier='i', quote_policy={'schema': false}) }}", "s.\"i\"")]
    [InlineData("{{ api.Relation.create(schema='s', identifier='i').include(schema=false) }}", "\"i\"")]
    [InlineData("{{ api.Relation.create(schema='s', identifier='i').quote(identifier=false).render() }}", "\"s\".i")]
    [InlineData(
        "{{ this.incorporate(path={'identifier': 'x'}, type='table').is_table }} {{ this.incorporate(path={'identifier': 'x'}) }}",
        "True \"db\".\"dev\".\"x\""
    )]
    [InlineData(
        "{{ this.replace_path(schema='o') }} {{ this.without_identifier() }}",
        "\"db\".\"o\".\"a\" \"db\".\"dev\""
    )]
    [InlineData(
        "{{ this.information_schema('columns') }} {{ this.information_schema() }}",
        "\"db\".INFORMATION_SCHEMA.columns \"db\".INFORMATION_SCHEMA"
    )]
    [InlineData(
        "{{ this == ref('b') }} {{ ref('b') == ref('b') }} {{ ref('b') == ref('b').incorporate(type='view') }}",
        "False True False"
    )]
    [InlineData(
        "{{ this is mapping }} {{ this is string }} {{ this.get('metadata', {}).get('type', '').endswith('Relation') }} {{ target is mapping }} {{ adapter is mapping }}",
        "True False True True False"
    )]
    [InlineData("{{ this.matches(schema='dev') }} {{ this.matches(identifier='z') }}", "True False")]
    [InlineData(
        "{{ api.Relation.scd_args(['a', 'b'], 'u') }} {{ api.Relation.scd_args('a', 'u') }}",
        "['a', 'b', 'u'] ['a', 'u']"
    )]
    [InlineData(
        "{{ api.Relation.add_ephemeral_prefix('x') }} {{ api.Relation.Table }} {{ api.Relation.get_relation_type.View }}",
        "__dbt__cte__x table view"
    )]
    [InlineData(
        "{{ this.MaterializedView }} {{ this.relation_max_name_length() }} {{ this.get('schema') }} {{ this.get('no', 1) }}",
        "materialized_view 63 dev 1"
    )]
    [InlineData(
        "{{ this.type }} {{ this.is_view }} {{ this.include_policy.schema }} {{ this.name }} {{ this.table }}",
        "None False True a a"
    )]
    [InlineData("{{ api.Relation.create(identifier='i', type='view').can_be_renamed }}", "True")]
    public void Relations_have_dbts_members(string template, string expected)
    {
        var files = new TestProject().File("models/b.sql", "select 1 as v").File("models/a.sql", template);

        Assert.Equal(expected, files.Sql("model.shop.a").Trim());
    }

    [Theory]
    [InlineData(
        "{{ this.matches(identifier='A') }}",
        "differs from what matches() was asked for in upper and lower case"
    )]
    [InlineData(
        "{{ api.Relation.create(identifier='x' * 64, type='table') }}",
        "has 64 characters, but PostgreSQL takes 63"
    )]
    [InlineData("{{ this.from_config({}) }}", "from_config() of a relation is not supported")]
    public void What_is_wrong_with_a_relation_is_said_at_the_call(string template, string expected)
    {
        var line = Assert.Single(new TestProject().File("models/a.sql", template).Diagnostics());

        Assert.StartsWith("models/a.sql(1,4,", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }
}
