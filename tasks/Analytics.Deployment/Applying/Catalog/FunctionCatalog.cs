using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Catalog;

/// <summary>Asks the catalog about functions: what stands where one is to be, and what depends on it.</summary>
internal static class FunctionCatalog
{
    /// <summary>What a function that was built meets under its final name.</summary>
    public static async Task<LiveFunction> FindAsync(
        StatementRunner runner,
        BuildFunction step,
        CancellationToken cancellationToken
    )
    {
        // The rules of CREATE OR REPLACE: the result stays, arguments keep their names, and no default goes.
        var query = $"""
            select s.oid, l.oid, l.oid::pg_catalog.regprocedure::text,
              l.prokind = 'f' and l.prorettype = s.prorettype and l.proretset = s.proretset
                and (l.proargnames is null or l.proargnames is not distinct from s.proargnames)
                and l.pronargdefaults <= s.pronargdefaults,
              m.oid, m.oid::pg_catalog.regprocedure::text
            from pg_catalog.pg_proc s
            join pg_catalog.pg_namespace sn on sn.oid = s.pronamespace and sn.nspname = {SqlText.Literal(
                step.Staged.Schema
            )}
            left join pg_catalog.pg_namespace n on n.nspname = {SqlText.Literal(step.Function.Relation.Schema)}
            left join pg_catalog.pg_proc l
              on l.pronamespace = n.oid and l.proname = s.proname and l.proargtypes = s.proargtypes
            left join pg_catalog.pg_proc m
              on m.pronamespace = n.oid and m.proname = s.proname and m.oid = {SqlText.Oid(step.Made ?? 0)}
            where s.proname = {SqlText.Literal(step.Staged.Identifier)}
            """;
        var rows = await runner.QueryAsync(new Statement(query), cancellationToken).ConfigureAwait(false);
        var row = rows[0];
        var same = row[1] is uint oid ? new FunctionObject(oid, (string)row[2]!) : null;
        var made = row[4] is uint other ? new FunctionObject(other, (string)row[5]!) : null;
        return new LiveFunction((uint)row[0]!, same, row[3] is true, made);
    }

    /// <summary>Those of some names that a function has, with whatever arguments.</summary>
    public static async Task<IReadOnlySet<RelationName>> ExistingAsync(
        StatementRunner runner,
        ImmutableArray<RelationName> names,
        CancellationToken cancellationToken
    )
    {
        if (names.IsEmpty)
        {
            return ImmutableHashSet<RelationName>.Empty;
        }

        var pairs = names.Select(name => $"({SqlText.Literal(name.Schema)}, {SqlText.Literal(name.Identifier)})");
        var rows = await runner
            .QueryAsync(
                new Statement(
                    $"""
                    select distinct n.nspname, p.proname
                    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                    where (n.nspname, p.proname) in ({string.Join(", ", pairs)})
                    """
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
        var found = rows.Select(row => ((string)row[0]!, (string)row[1]!)).ToHashSet();
        return names.Where(name => found.Contains((name.Schema, name.Identifier))).ToImmutableHashSet();
    }

    /// <summary>What depends on functions, in ordinal order of the descriptions.</summary>
    /// <param name="runner">The session.</param>
    /// <param name="functions">Object ids.</param>
    /// <param name="database">The database, for the names.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ImmutableArray<FunctionDependent>> DependentsAsync(
        StatementRunner runner,
        IEnumerable<uint> functions,
        string database,
        CancellationToken cancellationToken
    )
    {
        var oids = string.Join(", ", functions.Select(SqlText.Oid));
        if (oids.Length == 0)
        {
            return [];
        }

        // The rule of a view says little: its view is named. Likewise a default, and the table that has it.
        var query = $"""
            select d.refobjid,
              case when r.oid is null then pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
                else pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, r.ev_class, 0) end,
              n.nspname, c.relname
            from pg_catalog.pg_depend d
            left join pg_catalog.pg_rewrite r on d.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objid
            left join pg_catalog.pg_index i on d.classid = 'pg_catalog.pg_class'::regclass and i.indexrelid = d.objid
            left join pg_catalog.pg_attrdef a on d.classid = 'pg_catalog.pg_attrdef'::regclass and a.oid = d.objid
            left join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid
            left join pg_catalog.pg_class c on c.oid = coalesce(r.ev_class, i.indrelid, a.adrelid, nullif(k.conrelid, 0),
              case when d.classid = 'pg_catalog.pg_class'::regclass then d.objid end)
            left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid in ({oids}) and d.deptype in ('n', 'a')
            """;
        var rows = await runner.QueryAsync(new Statement(query), cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.Select(row => new FunctionDependent(
                    (uint)row[0]!,
                    (string)row[1]!,
                    row[2] is string schema ? new RelationName(database, schema, (string)row[3]!) : null
                ))
                .Distinct()
                .OrderBy(dependent => dependent.Description, StringComparer.Ordinal),
        ];
    }

    /// <summary>What keeps functions from being pruned: all that depends on them, and neither goes as well nor is made anew.</summary>
    public static async Task<ImmutableArray<Diagnostic>> NotPrunedAsync(
        StatementRunner runner,
        DeploymentPlan plan,
        ImmutableArray<MadeFunction> pruned,
        CancellationToken cancellationToken
    )
    {
        var gone = plan
            .Pruned.Select(relation => relation.Name)
            .Concat(plan.CutOver.Select(step => step.Node.Relation))
            .ToHashSet();
        var dependents = await DependentsAsync(
                runner,
                pruned.Select(function => function.Oid),
                plan.Database,
                cancellationToken
            )
            .ConfigureAwait(false);
        return
        [
            .. dependents
                .Where(dependent => dependent.Of is null || !gone.Contains(dependent.Of))
                .GroupBy(dependent => dependent.Function)
                .Select(group =>
                    DeploymentDiagnostics.NotPruned(
                        pruned.First(function => function.Oid == group.Key).Signature,
                        string.Join(", ", group.Select(dependent => dependent.Description)) + " depends on it"
                    )
                ),
        ];
    }
}

/// <summary>A function as an object of the server.</summary>
/// <param name="Oid">Its object id.</param>
/// <param name="Signature">Its name and the types of its arguments, as SQL.</param>
internal sealed record FunctionObject(uint Oid, string Signature);

/// <summary>What a function that was built meets under its final name.</summary>
/// <param name="Staged">The object id of the one that was built.</param>
/// <param name="Same">The function with the same arguments; null when there is none.</param>
/// <param name="Fits">Whether that can get the new body and stay the object it is.</param>
/// <param name="Made">The one that an earlier publish made; null when it is not there.</param>
internal sealed record LiveFunction(uint Staged, FunctionObject? Same, bool Fits, FunctionObject? Made)
{
    /// <summary>The earlier function, where the new one is another to the server; null when it stays, or there was none.</summary>
    public FunctionObject? Outdated => Made is not null && (Made != Same || !Fits) ? Made : null;

    /// <summary>Whether somebody else's function stands where the new one is to be, and cannot become it.</summary>
    public bool IsTaken => Same is not null && !Fits && Same != Made;
}

/// <summary>Something that depends on a function.</summary>
/// <param name="Function">The object id of the function.</param>
/// <param name="Description">PostgreSQL's own words for it.</param>
/// <param name="Of">The relation that it is, or belongs to; null for something else.</param>
internal sealed record FunctionDependent(uint Function, string Description, RelationName? Of);
