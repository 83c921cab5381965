using Analytics.Tasks.Severities;

namespace Analytics.Sdk.Tests.Severities;

public sealed class EditorConfigGlobTests
{
    [Theory]
    [InlineData("*", "models/a.sql", true)]
    [InlineData("*.sql", "models/deep/a.sql", true)]
    [InlineData("*.sql", "models/a.yml", false)]
    [InlineData("models/*.sql", "models/a.sql", true)]
    [InlineData("models/*.sql", "models/deep/a.sql", false)]
    [InlineData("models/**.sql", "models/deep/a.sql", true)]
    [InlineData("models/**/a.sql", "models/a.sql", true)]
    [InlineData("/a.sql", "a.sql", true)]
    [InlineData("/a.sql", "models/a.sql", false)]
    [InlineData("*.{sql,yml}", "a.yml", true)]
    [InlineData("*.{sql,yml}", "a.csv", false)]
    [InlineData("stg_?.sql", "stg_a.sql", true)]
    [InlineData("stg_?.sql", "stg_ab.sql", false)]
    [InlineData("[ab].sql", "b.sql", true)]
    [InlineData("[!ab].sql", "b.sql", false)]
    [InlineData("[!ab].sql", "c.sql", true)]
    [InlineData("{1..9}.sql", "7.sql", true)]
    [InlineData("{1..9}.sql", "x.sql", false)]
    [InlineData("a.b", "aXb", false)]
    [InlineData("[z-a].sql", "z.sql", false)]
    [InlineData("{open.sql", "{open.sql", true)]
    [InlineData("[open.sql", "[open.sql", true)]
    public void A_header_fits_as_editors_say(string glob, string path, bool fits) =>
        Assert.Equal(fits, EditorConfigGlob.Parse(glob).Matches(path));
}
