using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Says who may execute a function: as the config says, or as it was with the one before.</summary>
/// <param name="runner">The connection of the cut-over.</param>
internal sealed class FunctionPrivileges(StatementRunner runner)
{
    /// <summary>The statements for a function that is in its final place.</summary>
    /// <param name="step">The function.</param>
    /// <param name="old">The one it replaces, whose owner and comment it takes too; null when it still is that, or there was none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IEnumerable<Statement>> CarryAsync(
        BuildFunction step,
        FunctionObject? old,
        CancellationToken cancellationToken
    )
    {
        if (old is null && step.Function.Grants is null)
        {
            return [];
        }

        var name = await NameAsync(step, cancellationToken).ConfigureAwait(false);
        var statements = new List<string>();
        if (old is not null)
        {
            statements.AddRange(await OfOldAsync(name, old, cancellationToken).ConfigureAwait(false));
        }

        if (step.Function.Grants is { } grants)
        {
            statements.Add(RevokeAll(name));
            statements.AddRange(
                grants.Select(grant => $"grant {grant.Privilege} on function {name} to {Role(grant.Grantee)}")
            );
        }

        return statements.Select(statement => new Statement(statement));
    }

    private async Task<string> NameAsync(BuildFunction step, CancellationToken cancellationToken)
    {
        var rows = await runner
            .QueryAsync(
                new Statement(
                    $"""
                    select p.oid::pg_catalog.regprocedure::text
                    from pg_catalog.pg_proc s
                    join pg_catalog.pg_namespace sn on sn.oid = s.pronamespace
                    join pg_catalog.pg_proc p on p.proname = s.proname and p.proargtypes = s.proargtypes
                    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                    where sn.nspname = {SqlText.Literal(step.Staged.Schema)} and s.proname = {SqlText.Literal(
                        step.Staged.Identifier
                    )} and n.nspname = {SqlText.Literal(step.Function.Relation.Schema)}
                    """
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
        return (string)rows[0][0]!;
    }

    private async Task<IEnumerable<string>> OfOldAsync(
        string name,
        FunctionObject old,
        CancellationToken cancellationToken
    )
    {
        var rows = await runner
            .QueryAsync(
                new Statement(
                    $"""
                    select case when p.proowner <> current_user::regrole and pg_catalog.pg_has_role(p.proowner, 'member')
                        then pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(p.proowner)) end,
                      pg_catalog.obj_description(p.oid, 'pg_proc'), p.proacl is not null,
                      case when a.grantee = 0 then 'public' when a.grantee <> p.proowner
                        then pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) end, a.is_grantable
                    from pg_catalog.pg_proc p left join lateral pg_catalog.aclexplode(p.proacl) a on true
                    where p.oid = {SqlText.Oid(old.Oid)} order by 4
                    """
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
        var statements = new List<string>();
        if (rows[0][1] is string comment)
        {
            statements.Add($"comment on function {name} is {SqlText.Literal(comment)}");
        }

        // Without a word of anybody, the rights are those of a new function.
        if (rows[0][2] is true)
        {
            statements.Add(RevokeAll(name));
            statements.AddRange(
                rows.Where(row => row[3] is not null)
                    .Select(row =>
                        $"grant execute on function {name} to {row[3]}{(row[4] is true ? " with grant option" : string.Empty)}"
                    )
            );
        }

        if (rows[0][0] is string owner)
        {
            statements.Add($"alter function {name} owner to {owner}");
        }

        return statements;
    }

    // Those who may by a default of the schema, too: one statement for all who are named in the function's own list.
    private static string RevokeAll(string name) =>
        $"""
            do $revoke$
            declare grantee text;
            begin
              for grantee in
                select case when a.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) end
                from pg_catalog.pg_proc p,
                  pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) a
                where p.oid = {SqlText.Literal(name)}::pg_catalog.regprocedure and a.grantee <> p.proowner
              loop
                execute 'revoke all on function ' || {SqlText.Literal(name)} || ' from ' || grantee;
              end loop;
            end $revoke$
            """;

    private static string Role(string? grantee) => grantee is null ? "public" : RelationName.Quote(grantee);
}
