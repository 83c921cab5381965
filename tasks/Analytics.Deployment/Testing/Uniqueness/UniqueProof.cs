using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Testing.Uniqueness;

/// <summary>
/// Knows without reading the rows that no two of them are the same: a unique index of the relation says so. Where an incremental model
/// is shown as it will be, the index of the live table says it of the old rows, the model's key keeps old and new ones apart, and the new
/// ones are counted.
/// </summary>
/// <param name="runner">The connection.</param>
/// <param name="deltas">The incremental models of this publish whose new rows are beside the live table.</param>
internal sealed partial class UniqueProof(StatementRunner runner, IEnumerable<BuildDelta> deltas)
{
    /// <summary>Whether a test finds nothing.</summary>
    /// <param name="test">The test.</param>
    /// <param name="comment">What each statement begins with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when it is not known: the test is run.</returns>
    /// <exception cref="StatementException">The server refused to say.</exception>
    public async Task<bool> HoldsAsync(UniqueTest test, string comment, CancellationToken cancellationToken)
    {
        var delta = deltas.FirstOrDefault(step => step.Staged.ToSql() == test.Relation);
        string condition;
        if (delta is null)
        {
            condition = HasIndex(test.Relation, test.Columns, test.NotNull);
        }
        else if (Key(delta.Model.Incremental, test) is { } key)
        {
            condition = $"{HasIndex(delta.Live.Name.ToSql(), key, key)}\n{Fresh(delta, test)}";
        }
        else
        {
            return false;
        }

        var query = new Statement($"select 1 where {condition}");
        return await runner.QueryAsync(query.After(comment), cancellationToken).ConfigureAwait(false) is [_];
    }

    // The columns that keep old rows and new ones apart, if the test looks at all of them. Of an expression nobody here knows which column
    // it is; the index is to be on no more than these, as old rows of one key would all be made the same by a merge.
    private static ImmutableSortedSet<string>? Key(IncrementalSettings? settings, UniqueTest test)
    {
        if (
            settings is not { Strategy: not IncrementalStrategy.Append, Batches: null, Predicates.IsEmpty: true }
            || settings.UniqueKey.IsEmpty
            || !settings.UniqueKey.All(key => PlainName().IsMatch(key))
        )
        {
            return null;
        }

        var key = settings
            .UniqueKey.Select(name => name.Trim().ToLowerInvariant())
            .ToImmutableSortedSet(StringComparer.Ordinal);
        return key.IsSubsetOf(test.Columns) && key.IsSubsetOf(test.NotNull) ? key : null;
    }

    // Equality of the index must be that of GROUP BY, and rows with a NULL are the same to the test only.
    private static string HasIndex(
        string relation,
        ImmutableSortedSet<string> columns,
        ImmutableSortedSet<string> notNull
    ) =>
        $"""
            exists (
              select from pg_catalog.pg_index i
              join pg_catalog.pg_class c on c.oid = i.indrelid
              where i.indrelid = pg_catalog.to_regclass({SqlText.Literal(relation)})
                and i.indisunique and i.indisvalid and i.indimmediate and i.indpred is null and i.indexprs is null
                and c.relkind in ('r', 'm') and not c.relhassubclass and pg_catalog.has_table_privilege(c.oid, 'select')
                and {Names(columns)} <@ array(select attname::text from pg_catalog.pg_attribute
                    where attrelid = i.indrelid and attnum > 0 and not attisdropped)
                and not exists (
                  select from pg_catalog.generate_series(0, i.indnkeyatts - 1) k
                  join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[k]
                  join pg_catalog.pg_opclass o on o.oid = i.indclass[k]
                  where a.attname <> all ({Names(columns)})
                    or not (a.attnotnull or a.attname = any ({Names(notNull)}))
                    or not o.opcdefault or i.indcollation[k] <> a.attcollation
                )
            )
            """;

    // As types change, values that were two may become one.
    private static string Fresh(BuildDelta delta, UniqueTest test)
    {
        var columns = string.Join(", ", test.Columns.Select(RelationName.Quote));
        var filled = string.Join(" and ", test.NotNull.Select(name => $"{RelationName.Quote(name)} is not null"));
        return $"""
            and not exists (
              select from pg_catalog.pg_attribute a
              left join pg_catalog.pg_attribute b on b.attname = a.attname
                and b.attrelid = pg_catalog.to_regclass({SqlText.Literal(delta.Staged.ToSql())})
                and (b.atttypid, b.atttypmod, b.attcollation) = (a.atttypid, a.atttypmod, a.attcollation)
              where a.attrelid = pg_catalog.to_regclass({SqlText.Literal(delta.Live.Name.ToSql())})
                and a.attname = any ({Names(test.Columns)}) and b.attname is null
            )
            and not exists (select from {delta.Delta.ToSql()} where {filled} group by {columns} having count(*) > 1)
            """;
    }

    private static string Names(ImmutableSortedSet<string> names) =>
        $"array[{string.Join(", ", names.Select(SqlText.Literal))}]::text[]";

    [GeneratedRegex(@"^\s*[A-Za-z_][A-Za-z_0-9]*\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
