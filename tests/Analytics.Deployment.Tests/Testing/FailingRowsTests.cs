using Analytics.Deployment.Testing;

namespace Analytics.Deployment.Tests.Testing;

public sealed class FailingRowsTests
{
    [Fact]
    public void A_column_of_deep_JSON_is_shown_shortened()
    {
        var deep = new string('[', 3000) + new string(']', 3000);

        Assert.Equal($"(id=1, tree={new string('[', 60)}…)", FailingRows.Write([$$"""{"id":1,"tree":{{deep}}}"""]));
    }
}
