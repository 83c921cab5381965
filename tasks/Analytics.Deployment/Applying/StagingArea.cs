using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Planning.Sql;
using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>
/// The schemas that exist only while a publish runs. A comment marks them as ours and says whose: nothing without that mark is ever
/// dropped.
/// </summary>
/// <param name="publishLock">The lock of this publish.</param>
internal sealed class StagingArea(PublishLock publishLock)
{
    private const int AtATime = 200;
    private const string MarkPrefix = "analytics-sdk staging ";

    private string Mark => MarkPrefix + publishLock.Key.ToString(CultureInfo.InvariantCulture);

    /// <summary>Finds the schemas with our mark, and those of some names whoever made them.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="wanted">The names that this publish needs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<StagingFindings> FindAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<string> wanted,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select n.nspname, d.description, d.description is null and pg_catalog.pg_has_role(n.nspowner, 'USAGE')
              and not exists (select 1 from pg_catalog.pg_class c where c.relnamespace = n.oid)
            from pg_catalog.pg_namespace n
            left join pg_catalog.pg_description d
              on d.objoid = n.oid and d.classoid = 'pg_catalog.pg_namespace'::regclass and d.objsubid = 0
            where n.nspname = any ($1::text[]) or d.description = $2
            order by 1
            """,
            connection
        );
        command.Parameters.Add(new NpgsqlParameter { Value = wanted.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = Mark });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var ours = ImmutableArray.CreateBuilder<string>();
        var others = ImmutableArray.CreateBuilder<OtherSchema>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var description = reader.IsDBNull(1) ? null : reader.GetString(1);
            if (description == Mark)
            {
                ours.Add(reader.GetString(0));
            }
            else
            {
                others.Add(new OtherSchema(reader.GetString(0), KeyOf(description), reader.GetBoolean(2)));
            }
        }

        return new StagingFindings(ours.ToImmutable(), others.ToImmutable());
    }

    /// <summary>The statements that create schemas and mark them.</summary>
    /// <param name="schemas">The schemas.</param>
    /// <param name="there">Those of them that are there, and empty.</param>
    public IEnumerable<string> Create(IEnumerable<string> schemas, IReadOnlySet<string> there)
    {
        foreach (var schema in schemas)
        {
            if (!there.Contains(schema))
            {
                yield return $"create schema {RelationName.Quote(schema)}";
            }

            yield return $"comment on schema {RelationName.Quote(schema)} is {SqlText.Literal(Mark)}";
        }
    }

    /// <summary>
    /// Drops schemas of ours with what this publish, or a killed one, left in them. Without CASCADE: if somebody made something that
    /// depends on it, the server names that and nothing is dropped.
    /// </summary>
    /// <exception cref="StatementException">Something depends on the schemas.</exception>
    public static async Task DropAsync(
        StatementRunner runner,
        IReadOnlyCollection<string> schemas,
        CancellationToken cancellationToken
    )
    {
        if (schemas.Count == 0)
        {
            return;
        }

        var names = string.Join(", ", schemas.Select(SqlText.Literal));
        var rows = await runner
            .QueryAsync(
                new Statement(
                    $"""
                    select c.relkind = 'v', pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
                    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                    where n.nspname in ({names}) and c.relkind in ('r', 'p', 'v')
                    order by c.relkind = 'v' desc, c.oid desc
                    """
                ),
                cancellationToken
            )
            .ConfigureAwait(false);

        // What was made later depends on what was made earlier. Some at a time: outside a transaction the server then needs to remember
        // the locks of these only.
        foreach (var some in rows.GroupBy(row => (bool)row[0]!).SelectMany(kind => kind.Chunk(AtATime)))
        {
            var kind = (bool)some[0][0]! ? "view" : "table";
            await runner
                .ExecuteAsync(
                    $"drop {kind} {string.Join(", ", some.Select(row => (string)row[1]!))}",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        var functions = await runner
            .QueryAsync(
                new Statement(
                    $"""
                    select p.oid::regprocedure::text
                    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                    where n.nspname in ({names}) and p.prokind in ('f', 'w')
                    order by p.oid desc
                    """
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!functions.IsEmpty)
        {
            await runner
                .ExecuteAsync(
                    $"drop function {string.Join(", ", functions.Select(row => (string)row[0]!))}",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        // A role that may not make them again gives them back as somebody made them for it.
        IEnumerable<string> statements = await CanCreateAsync(runner, cancellationToken).ConfigureAwait(false)
            ? [$"drop schema {string.Join(", ", schemas.Select(RelationName.Quote))}"]
            : schemas.Select(schema => $"comment on schema {RelationName.Quote(schema)} is null");
        await runner
            .ExecuteAsync([.. statements.Select(statement => new Statement(statement))], cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Whether the role may create schemas.</summary>
    public static async Task<bool> CanCreateAsync(StatementRunner runner, CancellationToken cancellationToken)
    {
        const string Query = "select pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')";
        var rows = await runner.QueryAsync(new Statement(Query), cancellationToken).ConfigureAwait(false);
        return rows[0][0] is true;
    }

    private static PublishLock? KeyOf(string? description) =>
        description is not null
        && description.StartsWith(MarkPrefix, StringComparison.Ordinal)
        && long.TryParse(
            description.AsSpan(MarkPrefix.Length),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var key
        )
            ? new PublishLock(key)
            : null;
}

/// <summary>Staging schemas that are there before this publish made any.</summary>
/// <param name="Ours">Left behind by a publish of this target.</param>
/// <param name="Others">Of the names we need, those that are not ours.</param>
internal sealed record StagingFindings(ImmutableArray<string> Ours, ImmutableArray<OtherSchema> Others);

/// <summary>A schema that stands where a staging schema is needed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lock">The lock of the publish of another project or target that made it; null when it is nobody's we know.</param>
/// <param name="IsFree">Whether it is empty, without a comment, and of an owner that this role may act for.</param>
internal sealed record OtherSchema(string Name, PublishLock? Lock, bool IsFree);
