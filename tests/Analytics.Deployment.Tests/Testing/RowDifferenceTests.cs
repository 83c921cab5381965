using System.Collections.Immutable;
using Analytics.Deployment.Testing.Units;

namespace Analytics.Deployment.Tests.Testing;

public sealed class RowDifferenceTests
{
    [Fact]
    public void The_order_of_rows_does_not_count() =>
        Assert.True(
            Of(
                [
                    ["1", "a"],
                    ["2", null],
                ],
                [
                    ["2", null],
                    ["1", "a"],
                ]
            ).IsEmpty
        );

    [Fact]
    public void A_row_that_stands_twice_must_be_there_twice() =>
        Assert.Equal(
            "@@ ,x,y\n   ,1,a\n---,1,a",
            Write(
                Of(
                    [
                        ["1", "a"],
                        ["1", "a"],
                    ],
                    [
                        ["1", "a"],
                    ]
                )
            )
        );

    [Fact]
    public void A_row_is_told_with_the_one_that_has_most_in_common_with_it() =>
        Assert.Equal(
            "@@ ,x   ,y\n→  ,1   ,a→b\n---,7   ,d\n+++,1   ,c\n+++,NULL,e",
            Write(
                Of(
                    [
                        ["1", "a"],
                        ["7", "d"],
                    ],
                    [
                        ["1", "b"],
                        ["1", "c"],
                        [null, "e"],
                    ]
                )
            )
        );

    [Fact]
    public void Long_and_broken_values_stay_in_their_line()
    {
        var text = Write(
            Of(
                [
                    ["1", new string('x', 100)],
                ],
                [
                    ["1", "two\nlines"],
                ]
            )
        );

        Assert.Equal($"@@,x,y\n→ ,1,{new string('x', 60)}…→two\\nlines", text);
    }

    [Fact]
    public void Of_many_rows_some_are_shown()
    {
        var rows = Enumerable.Range(0, 200).Select(i => new[] { $"{i}", "a" }).ToArray();

        var text = Write(Of(rows, []));

        Assert.Equal(52, text.Split('\n').Length);
        Assert.EndsWith("\n... and 150 more rows", text, StringComparison.Ordinal);
    }

    private static RowDifference Of(string?[][] expected, string?[][] actual) =>
        RowDifference.Of([
            .. expected.Select(row => Row(row, "expected")),
            .. actual.Select(row => Row(row, "actual")),
        ]);

    private static ImmutableArray<object?> Row(string?[] cells, string mark) => [.. cells, mark];

    private static string Write(RowDifference difference) => DifferenceTable.Write(["x", "y"], difference);
}
