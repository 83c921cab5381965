using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Contracts;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Steps;
using Analytics.Text;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>
/// Holds a query against the contract of its model. The server says what columns both have, without running anything. As with dbt,
/// neither the order of the columns nor the size of a type counts, and <c>varchar</c> and <c>text</c> are one type.
/// </summary>
internal sealed partial class ContractCheck(StepSession session)
{
    /// <summary>What is wrong with a model's query; null when it keeps the contract, or there is none.</summary>
    /// <exception cref="StatementException">The server refused the query.</exception>
    public async Task<Diagnostic?> CheckAsync(NodeStep step, ModelNode model, RenderedSql query)
    {
        if (model.Contract is not { } contract)
        {
            return null;
        }

        var asked = Statement.Around("select * from (\n", query, "\n) as contracted_query where false limit 0");
        var found = await DescribeAsync(step, asked).ConfigureAwait(false);
        var (declared, refusal) = await DeclaredAsync(step, model, contract).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var mismatches = Compare(contract, declared, found).ToList();
        return mismatches.Count == 0 ? null : ContractDiagnostics.Broken(model.Span, model.Name, mismatches);
    }

    private async Task<(ImmutableArray<WarehouseColumn> Columns, Diagnostic? Refusal)> DeclaredAsync(
        NodeStep step,
        ModelNode model,
        Contract contract
    )
    {
        var text = new StringBuilder("select ");
        var ends = new List<int>();
        foreach (var column in contract.Columns)
        {
            text.Append(ends.Count == 0 ? string.Empty : ", ");
            text.Append("cast(null as ").Append(column.DataType).Append(") as ").Append(column.ToSql());
            ends.Add(text.Length);
        }

        var statement = new Statement(text.ToString());
        try
        {
            return (await DescribeAsync(step, statement).ConfigureAwait(false), null);
        }
        catch (StatementException exception)
        {
            // The text is ours and the types in it are the author's: the position says whose.
            var comment = exception.Statement.Text.Length - statement.Text.Length;
            var at = ends.FindIndex(end => exception.Error.Position - 1 - comment < end);
            var column = contract.Columns[Math.Max(0, at)];
            var message =
                $"the type {column.DataType} of column '{column.Name}' cannot be used: {exception.Explanation}";
            return ([], ContractDiagnostics.Broken(model.Span, model.Name, [(column.Span, message)]));
        }
    }

    private Task<ImmutableArray<WarehouseColumn>> DescribeAsync(NodeStep step, Statement statement) =>
        session.Runner.DescribeAsync(statement.After(session.CommentFor(step)), session.CancellationToken);

    private static IEnumerable<(SourceSpan? Column, string Message)> Compare(
        Contract contract,
        ImmutableArray<WarehouseColumn> declared,
        ImmutableArray<WarehouseColumn> found
    )
    {
        var byName = found.ToLookup(column => column.Name, StringComparer.Ordinal);
        for (var i = 0; i < declared.Length; i++)
        {
            var (name, type) = (declared[i].Name, declared[i].Type);
            if (byName[name].FirstOrDefault() is not { } column)
            {
                yield return (contract.Columns[i].Span, $"column '{name}' is missing in the query");
            }
            else if (Family(column.Type) != Family(type))
            {
                yield return (
                    contract.Columns[i].Span,
                    $"column '{name}' is {column.Type} in the query, but {type} in the contract"
                );
            }
        }

        var known = declared.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var column in found.Where(column => !known.Contains(column.Name)))
        {
            yield return (null, $"column '{column.Name}' ({column.Type}) is missing in the contract");
        }
    }

    // The words under which dbt's driver knows the types; others stand for themselves.
    private static string Family(string type)
    {
        var plain = Size().Replace(type, string.Empty);
        var isArray = plain.EndsWith("[]", StringComparison.Ordinal);
        var element = isArray ? plain[..^2] : plain;
        var family = element switch
        {
            "smallint" => "integer",
            "real" => "double precision",
            "character varying" or "character" or "name" or "\"char\"" => "text",
            "time with time zone" => "time without time zone",
            _ => element,
        };
        return isArray ? family + "[]" : family;
    }

    [GeneratedRegex(@"\s*\([^)]*\)")]
    private static partial Regex Size();
}
