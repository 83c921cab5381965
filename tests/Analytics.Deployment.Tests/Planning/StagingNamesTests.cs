using System.Text;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning;

namespace Analytics.Deployment.Tests.Planning;

public sealed class StagingNamesTests
{
    [Fact]
    public void A_short_name_gets_the_suffix()
    {
        Assert.Equal("gold__next", StagingNames.Schema("gold"));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('é')]
    [InlineData('漢')]
    public void A_long_name_is_cut_between_characters_and_stays_unique(char letter)
    {
        var one = new string(letter, 62 / Encoding.UTF8.GetByteCount([letter]));
        var other = one + "x";

        var (first, second) = (StagingNames.Schema(one), StagingNames.Schema(other));

        Assert.NotEqual(first, second);
        Assert.All([first, second], name => Assert.InRange(Encoding.UTF8.GetByteCount(name), 56, 63));
        Assert.All([first, second], name => Assert.EndsWith("__next", name));
        Assert.DoesNotContain('\uFFFD', first);
    }

    [Fact]
    public void A_delta_never_takes_the_name_of_a_model()
    {
        var table = new RelationName("db", "gold", "fct");
        var taken = new HashSet<RelationName> { new("db", "gold__next", "fct__delta") };

        Assert.Equal("gold__next.fct__delta", StagingNames.Delta(table, new HashSet<RelationName>()).ToString());
        Assert.Equal("gold__next.fct__delta__delta", StagingNames.Delta(table, taken).ToString());
    }
}
