using System.Globalization;
using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;

namespace Analytics.Deployment.Freshness;

/// <summary>Asks the server how old the newest row of one source's table is, with dbt's queries.</summary>
/// <param name="project">The project.</param>
/// <param name="scope">Where relations are, and who answers.</param>
internal sealed class FreshnessProbe(CompiledProject project, RenderScope scope)
{
    /// <summary>Measures.</summary>
    /// <exception cref="FreshnessException">Nothing is known; the message says why.</exception>
    public FreshnessMeasure Measure(SourceNode source, CancellationToken cancellationToken)
    {
        var sql = QueryComment.For(project, source) + Query(source, cancellationToken);
        var rows = Ask(sql).Rows;
        if (rows is not [var row])
        {
            throw new FreshnessException(
                FormattableString.Invariant($"its query gives {rows.Length} rows, but it must give one")
            );
        }

        return new FreshnessMeasure(
            row[0] is null ? DateTimeOffset.MinValue : Moment(row[0]!),
            Moment(row[1] ?? string.Empty)
        );
    }

    private WarehouseRows Ask(string sql)
    {
        try
        {
            return scope.Warehouse.Query(sql);
        }
        catch (WarehouseException exception)
        {
            throw new FreshnessException($"{exception.Message} (SQLSTATE {exception.SqlState})");
        }
    }

    private string Query(SourceNode source, CancellationToken cancellationToken)
    {
        if (source.LoadedAtQuery is { } query)
        {
            return $"with source_query as (\n{Rendered(source, query, cancellationToken)}\n)\nselect (select * from source_query) as max_loaded_at, now() as snapshotted_at";
        }

        if (source.LoadedAtField is not { } field)
        {
            throw new FreshnessException(
                "it has no 'loaded_at_field' and no 'loaded_at_query', and PostgreSQL does not keep when a table was last written"
            );
        }

        var filter = source.Freshness?.Filter is { } condition ? $"\nwhere {condition}" : string.Empty;
        return $"select max({field}) as max_loaded_at, now() as snapshotted_at\nfrom {source.Quoting.ToSql(source.Relation)}{filter}";
    }

    private string Rendered(SourceNode source, string query, CancellationToken cancellationToken)
    {
        var rendered = project.Renderer.RenderText(source, query, source.Span, scope, cancellationToken);
        return rendered.Sql?.Text.Trim().TrimEnd(';')
            ?? throw new FreshnessException(
                rendered.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Message
            );
    }

    // As dbt: without a zone it is taken as UTC. A text is read where it is a moment in ISO's form.
    private static DateTimeOffset Moment(object value) =>
        value switch
        {
            DateTimeOffset moment => moment,
            DateTime local => new DateTimeOffset(local, TimeSpan.Zero),
            DateOnly date => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            string text
                when DateTimeOffset.TryParse(
                    text,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out var moment
                ) => moment,
            _ => throw new FreshnessException(
                $"a timestamp is needed, but the server gives '{Convert.ToString(value, CultureInfo.InvariantCulture)}'"
            ),
        };
}

/// <summary>It is not known how old a source is.</summary>
/// <param name="message">Why.</param>
internal sealed class FreshnessException(string message) : Exception(message);
