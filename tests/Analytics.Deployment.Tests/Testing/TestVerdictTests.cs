using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Reporting;
using Analytics.Deployment.Testing;

namespace Analytics.Deployment.Tests.Testing;

public sealed class TestVerdictTests
{
    [Theory]
    [InlineData(TestSeverity.Error, "3", true, true, NodeStatus.Fail, 3, "Got 3 results, configured to fail if > 2")]
    [InlineData(TestSeverity.Error, "1", true, true, NodeStatus.Fail, 1, "Got 1 result, configured to fail if > 2")]
    [InlineData(TestSeverity.Error, "3", true, false, NodeStatus.Warn, 3, "Got 3 results, configured to warn if > 1")]
    [InlineData(TestSeverity.Error, "3", false, false, NodeStatus.Pass, 0, "")]
    [InlineData(TestSeverity.Warn, "3", true, true, NodeStatus.Warn, 3, "Got 3 results, configured to warn if > 1")]
    [InlineData(TestSeverity.Warn, "3", false, true, NodeStatus.Pass, 0, "")]
    [InlineData(TestSeverity.Error, "2.9", true, true, NodeStatus.Fail, 2, "Got 2 results, configured to fail if > 2")]
    [InlineData(TestSeverity.Error, null, null, null, NodeStatus.Pass, 0, "")]
    public void The_number_means_what_dbt_says_in_dbt_s_words(
        TestSeverity severity,
        string? number,
        bool? warns,
        bool? fails,
        NodeStatus status,
        long failures,
        string message
    )
    {
        var settings = new TestSettings(severity, "count(*)", "> 1", "> 2", null, null, FailureKeeping.None);

        Assert.Equal(new TestVerdict(status, failures, message), TestVerdict.Of(settings, number, warns, fails));
    }

    [Fact]
    public void Failing_rows_stand_in_one_line_however_long_their_values_are()
    {
        var rows = FailingRows.Write([
            "{\"a\": 1, \"b\": \"two\\nlines\", \"c\": null}",
            "{\"a\": \"" + new string('x', 100) + "\"}",
        ]);

        Assert.Equal("(a=1, b=two lines, c=null), (a=" + new string('x', 60) + "…)", rows);
    }
}
