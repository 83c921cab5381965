namespace Analytics.Compiler.Tests.Resolving;

public sealed class AccessTests
{
    [Fact]
    public void Members_of_a_group_and_the_tests_on_them_may_refer_to_its_private_models()
    {
        new TestProject()
            .File("models/secret.sql", "{{ config(group='people', access='private') }}select 1 as one")
            .File("models/inside.sql", "{{ config(group='people') }}select * from {{ ref('secret') }}")
            .File(
                "models/m.yml",
                """
                groups: [{name: people, owner: {name: Ann}}]
                models: [{name: secret, columns: [{name: one, data_tests: [unique]}]}]
                """
            )
            .Compile();
    }

    [Fact]
    public void A_package_that_restricts_access_shows_its_public_models_only()
    {
        var project = new TestProject()
            .Package(
                "tools",
                ("dbt_project.yml", "name: tools\nrestrict-access: true\n"),
                ("models/open.sql", "{{ config(access='public') }}select 1 as one"),
                ("models/closed.sql", "select * from {{ ref('open') }}")
            )
            .File("models/a.sql", "select * from {{ ref('open') }}")
            .File("models/b.sql", "select * from {{ ref('closed') }}")
            .Variable("USER", "ann");

        Assert.Equal(
            [
                "models/b.sql(1,22,1,30): error ASQL3012: model 'closed' is protected, and the package 'tools' restricts access: only the package itself may refer to it",
            ],
            project.Diagnostics()
        );
    }
}
