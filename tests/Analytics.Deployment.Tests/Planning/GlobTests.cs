using Analytics.Deployment.Planning.Selection;
using Analytics.Deployment.Planning.Selection.Matching;

namespace Analytics.Deployment.Tests.Planning;

public sealed class GlobTests
{
    [Theory]
    [InlineData("stg_*", "stg_orders", true)]
    [InlineData("stg_*", "STG_orders", false)]
    [InlineData("*a*b*c", "xxaybzbc", true)]
    [InlineData("*a*b*c", "xxaybzbcd", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[!a-c]x", "ax", false)]
    [InlineData("[!!]x", "!x", false)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[c-a]", "b", false)]
    [InlineData("a[", "a[", true)]
    [InlineData("[abc", "a", false)]
    [InlineData("[", "[", true)]
    [InlineData("[!", "[!", true)]
    [InlineData("[]", "[]", true)]
    [InlineData("[^a]", "^", true)]
    [InlineData("\\d", "\\d", true)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("", "a", false)]
    public void Patterns_fit_as_in_the_fnmatch_of_Python(string pattern, string text, bool fits) =>
        Assert.Equal(fits, Glob.Fits(pattern, text));

    [Theory]
    [InlineData("models/marts", "models/marts/a.sql", true)]
    [InlineData("models/marts/", "models/marts/deep/a.sql", true)]
    [InlineData("./models", "models/a.sql", true)]
    [InlineData("models\\marts", "models/marts/a.sql", true)]
    [InlineData("models/mar", "models/marts/a.sql", false)]
    [InlineData("models/*.sql", "models/a.sql", true)]
    [InlineData("models/*.sql", "models/marts/a.sql", false)]
    [InlineData("models/**/a.sql", "models/a.sql", true)]
    [InlineData("models/**/a.sql", "models/x/y/a.sql", true)]
    [InlineData("**/a.sql", "models/x/a.sql", true)]
    [InlineData("a.sql", "models/a.sql", false)]
    public void A_path_fits_a_file_or_a_folder_above_it(string pattern, string path, bool fits) =>
        Assert.Equal(fits, new PathPattern(pattern).Fits(path));
}
