namespace Analytics.Compiler.Tests.Rendering.Context;

public sealed class ColumnValueTests
{
    [Theory]
    [InlineData(
        "{{ api.Column.translate_type('string') }} {{ api.Column.translate_type('integer') }} {{ api.Column.translate_type('jsonb') }}",
        "TEXT INT jsonb"
    )]
    [InlineData("{{ api.Column.create('a', 'string').data_type }} {{ column('a', 'text') }}", "TEXT <Column a (text)>")]
    [InlineData(
        "{{ api.Column.string_type(9) }} {{ api.Column.numeric_type('numeric', 5, 2) }} {{ api.Column.numeric_type('numeric', none, 2) }}",
        "character varying(9) numeric(5,2) numeric"
    )]
    [InlineData(
        "{% set c = api.Column('a', 'character varying', 10) %}{{ c.is_string() }} {{ c.string_size() }} {{ c.data_type }} {{ c.quoted }} {{ c.literal('x') }}",
        "True 10 character varying(10) \"a\" 'x'::character varying(10)"
    )]
    [InlineData(
        "{% set c = api.Column.from_description('a', 'numeric(10,2)') %}{{ c.dtype }} {{ c.numeric_precision }} {{ c.numeric_scale }} {{ c.is_numeric() }} {{ c.is_number() }} {{ c.is_float() }}",
        "numeric 10 2 True True False"
    )]
    [InlineData(
        "{% set c = api.Column('a', 'text') %}{{ c.string_size() }} {{ c.can_expand_to(api.Column('a', 'varchar', 300)) }} {{ c.can_expand_to(api.Column('a', 'varchar', 5)) }} {{ c.char_size }}",
        "256 True False None"
    )]
    [InlineData(
        "{{ api.Column.from_description('a', 'timestamp(3) without time zone').data_type }} {{ api.Column('i', 'bigint').is_integer() }}",
        "timestamp(3) without time zone True"
    )]
    [InlineData(
        "{{ api.Column('a', 'int4').name }} {{ api.Column('a', 'int4').column }} {{ api.Column('a', 'int4') == api.Column('a', 'int4') }}",
        "a a True"
    )]
    public void Columns_have_dbts_members(string template, string expected)
    {
        Assert.Equal(expected, new TestProject().File("models/a.sql", template).Sql("model.shop.a").Trim());
    }
}
