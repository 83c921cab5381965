namespace Analytics.Compiler.Tests.Loading.Properties;

public class SourceReaderTests
{
    [Fact]
    public void Tables_inherit_from_their_source_and_keep_what_is_written()
    {
        const string Text = """
            sources:
              - name: bronze
                description: The lake.
                database: lake
                schema: "{{ var('s', 'raw') }}"
                loader: airbyte
                quoting: {identifier: true}
                freshness: {warn_after: {count: 1, period: day}, error_after: null, filter: x > 1}
                loaded_at_field: _at
                meta: {a: 1}
                tags: [b]
                config: {enabled: true, event_time: _at}
                tables:
                  - name: trips
                    identifier: nyc_trips
                    description: Trips.
                    external: {location: s3://x, anything: [1]}
                    freshness: null
                    data_tests: [dbt_utils.at_least_one]
                    columns: [{name: id, tests: [unique]}]
                    config: {enabled: false}
                  - name: zones
              - name: plain
                tables: [{name: t}]
            """;
        var result = LoadingProject.LoadWith("models/staging/_s.yml", Text);

        Assert.Empty(result.Messages());
        var (trips, zones, plain) = (
            result.Source!.Root.Sources[0],
            result.Source.Root.Sources[1],
            result.Source.Root.Sources[2]
        );
        Assert.Equal(("bronze", "trips", "nyc_trips"), (trips.SourceName, trips.Name, trips.Identifier!.Text));
        Assert.Equal(("lake", "{{ var('s', 'raw') }}"), (trips.Database!.Text, trips.Schema!.Text));
        Assert.Equal(("The lake.", "Trips."), (trips.SourceDescription, trips.Description));
        Assert.Equal(["shop", "staging", "bronze", "trips"], trips.Fqn);
        Assert.Equal("trips", trips.NameSpan.Text);
        Assert.NotNull(trips.SourceConfig!["event_time"]);
        Assert.NotNull(trips.Config!["enabled"]);
        Assert.Equal("at_least_one", Assert.Single(trips.Tests).TestName);
        Assert.Equal("unique", Assert.Single(trips.Columns[0].Tests).TestName);
        Assert.Equal(("zones", null), (zones.Identifier!.Text, zones.Config));
        Assert.Equal(("plain", null), (plain.Schema!.Text, plain.Database));
    }

    [Theory]
    [InlineData(
        "sources:\n  - name: a\n    tables:\n      - nam: t\n",
        "(4,9,4,12): warning ASQL0003: 'nam' is not a key of a source table; did you mean 'name'?|(4,9,4,12): error ASQL0004: a source table needs the key 'name'"
    )]
    [InlineData(
        "sources:\n  - name: a\n    schema: [x]\n    tables: [{name: t}, {name: u}]\n",
        "(3,13,3,16): error ASQL0002: 'schema' of the source 'a' must be a text, but a list was found"
    )]
    [InlineData(
        "sources:\n  - name: a\n    freshness: {warn_aftr: 1}\n",
        "(3,17,3,26): warning ASQL0003: 'warn_aftr' is not a key of 'freshness'; did you mean 'warn_after'?"
    )]
    [InlineData(
        "sources:\n  - name: a\n    tables: t\n",
        "(3,13,3,14): error ASQL0002: 'tables' of the source 'a' must be a list, but a string was found"
    )]
    public void A_mistake_is_reported_once_at_its_place(string text, string expected)
    {
        Assert.Equal(
            expected.Split('|').Select(message => $"models/s.yml{message}"),
            LoadingProject.LoadWith("models/s.yml", text).Messages()
        );
    }
}
