using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying.Catalog;

/// <summary>The questions that are put to PostgreSQL's catalog.</summary>
internal static class CatalogQueries
{
    /// <summary>Every schema's name, but for those with a comment ($1) whose owner this role may act for.</summary>
    public const string Schemas = """
        select nspname from pg_catalog.pg_namespace
        where pg_catalog.obj_description(oid, 'pg_namespace') is distinct from $1 or not pg_catalog.pg_has_role(nspowner, 'USAGE')
        """;

    /// <summary>
    /// The relations of some names ($1 schemas, $2 identifiers, side by side): schema, identifier, oid, kind, and for each
    /// column a row with its name and type, in order; a relation without columns has one row with nulls.
    /// </summary>
    public const string Relations = """
        select n.nspname, c.relname, c.oid, c.relkind::text, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
          c.reltuples::bigint
        from unnest($1::text[], $2::text[]) as wanted(schema_name, relation_name)
        join pg_catalog.pg_namespace n on n.nspname = wanted.schema_name
        join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.relation_name
        left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        order by n.nspname, c.relname, a.attnum
        """;

    /// <summary>The indexes of some relations ($1 oids): oid of the relation, name of the index.</summary>
    public const string Indexes = """
        select i.indrelid, c.relname from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
        where i.indrelid = any ($1::oid[])
        """;

    // Views and materialized views that read some relations ($1 oids), directly or through others.
    private const string Reached = """
        with recursive reached(oid) as (
          select unnest($1::oid[])
          union
          select r.ev_class
          from reached
          join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = reached.oid
            and d.classid = 'pg_catalog.pg_rewrite'::regclass
          join pg_catalog.pg_rewrite r on r.oid = d.objid and r.ev_class <> reached.oid
          join pg_catalog.pg_class c on c.oid = r.ev_class and c.relkind in ('v', 'm')
          where r.rulename = '_RETURN'
        )
        """;

    /// <summary>
    /// Views and materialized views that read some relations ($1 oids), directly or through others, but are not among them: oid, schema,
    /// name, and for each relation that is read a row with its oid, schema and name, and the reader's kind. $2 holds schemas whose views are left out.
    /// </summary>
    public const string DependentViews =
        Reached
        + """

            select distinct c.oid, n.nspname, c.relname, p.oid, pn.nspname, p.relname, c.relkind::text
            from reached
            join pg_catalog.pg_class c on c.oid = reached.oid and c.relkind in ('v', 'm')
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
            join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
              and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> c.oid
            join pg_catalog.pg_class p on p.oid = d.refobjid
            join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
            where reached.oid <> all ($1::oid[]) and n.nspname <> all ($2::text[])
            order by 1, 4
            """;

    /// <summary>
    /// What else depends on some relations ($1 oids) or on the views that read them, and would be lost or be in the way:
    /// schema and name of the relation, and PostgreSQL's description of the object. $2 holds schemas whose objects are left
    /// out. Not asked for is what a table has of its own and a rebuild makes anew: indexes, constraints, defaults, sequences; nor the foreign
    /// keys of tables that this role may alter, which are made anew, where they lead to one of $3 or their own table is replaced too.
    /// </summary>
    public const string Blockers =
        Reached
        + """
            , depends as (
              select reached.oid as relation, d.classid, d.objid, d.objsubid
              from reached join pg_catalog.pg_depend d
                on d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = reached.oid and d.deptype in ('n', 'a')
              union
              select reached.oid, d.classid, d.objid, d.objsubid
              from reached join pg_catalog.pg_type t on t.typrelid = reached.oid
              join pg_catalog.pg_depend d
                on d.refclassid = 'pg_catalog.pg_type'::regclass and d.refobjid in (t.oid, t.typarray) and d.deptype in ('n', 'a')
            ), found as (
              select relation, pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) as description
              from depends d
              left join pg_catalog.pg_class c on d.classid = 'pg_catalog.pg_class'::regclass and c.oid = d.objid
              left join pg_catalog.pg_rewrite r on d.classid = 'pg_catalog.pg_rewrite'::regclass and r.oid = d.objid
              left join pg_catalog.pg_class rc on rc.oid = r.ev_class
              left join pg_catalog.pg_namespace n on n.oid = coalesce(c.relnamespace, rc.relnamespace)
              left join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid
              left join pg_catalog.pg_class kc on kc.oid = k.conrelid
              left join pg_catalog.pg_attrdef f on d.classid = 'pg_catalog.pg_attrdef'::regclass and f.oid = d.objid
              left join pg_catalog.pg_trigger g on d.classid = 'pg_catalog.pg_trigger'::regclass and g.oid = d.objid
              where not (
                (c.oid is not null and c.relkind in ('i', 'I', 'S', 't', 'c'))
                or (r.oid is not null and r.rulename = '_RETURN'
                  and (rc.relkind in ('v', 'm') or r.ev_class = d.relation or r.ev_class = any ($1::oid[])))
                or (k.oid is not null and k.conrelid = d.relation)
                or coalesce(k.contype = 'f' and k.conparentid = 0 and pg_catalog.pg_has_role(kc.relowner, 'USAGE')
                  and (k.confrelid = any ($3::oid[]) or k.conrelid = any ($1::oid[])), false)
                or (f.oid is not null and f.adrelid = d.relation)
                or (g.oid is not null and g.tgisinternal)
                or d.classid = 'pg_catalog.pg_type'::regclass
                or (d.classid = 'pg_catalog.pg_statistic_ext'::regclass
                  and pg_catalog.pg_has_role((select s.stxowner from pg_catalog.pg_statistic_ext s where s.oid = d.objid), 'USAGE'))
                or coalesce(n.nspname = any ($2::text[]), false)
              )
              union
              select c.oid, case when c.relkind = 'm' then 'materialized ' else '' end || 'view ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) || case
                when c.relpersistence = 't' then ' of another session'
                when not pg_catalog.has_schema_privilege(n.oid, 'CREATE') then ' (this role may not create in its schema)'
                else ' (owned by ' || pg_catalog.pg_get_userbyid(c.relowner) || ', whom this role may not act for)' end
              from reached
              join pg_catalog.pg_class c on c.oid = reached.oid and c.relkind in ('v', 'm')
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              where reached.oid <> all ($1::oid[]) and n.nspname <> all ($2::text[])
                and (c.relpersistence = 't' or not pg_catalog.has_schema_privilege(n.oid, 'CREATE')
                  or not pg_catalog.pg_has_role(c.relowner, 'USAGE'))
            )
            select n.nspname, c.relname, found.description
            from found
            join pg_catalog.pg_class c on c.oid = found.relation
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            order by 1, 2, 3
            """;

    /// <summary>Which of some views ($1 oids) read which: pairs of oids.</summary>
    public const string ViewsOnViews = """
        select distinct r.ev_class, d.refobjid
        from pg_catalog.pg_rewrite r
        join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
          and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> r.ev_class
        where r.ev_class = any ($1::oid[]) and d.refobjid = any ($1::oid[])
        """;

    /// <summary>Names and types of the columns of one relation, in order.</summary>
    public static string ColumnsOf(string schema, string identifier) =>
        $"""
            select a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)
            from pg_catalog.pg_attribute a
            join pg_catalog.pg_class c on c.oid = a.attrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = {SqlText.Literal(schema)} and c.relname = {SqlText.Literal(identifier)}
              and a.attnum > 0 and not a.attisdropped
            order by a.attnum
            """;
}
