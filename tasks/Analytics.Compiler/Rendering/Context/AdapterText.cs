using System.Security.Cryptography;
using System.Text;
using Analytics.Compiler.Resolving;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>The adapter's methods that only write SQL or read values.</summary>
internal static class AdapterText
{
    private static readonly string[] IndexKeys = ["columns", "unique", "type", "name"];

    public static IReadOnlyDictionary<string, Func<RenderSession, CallArguments, object?>> Methods { get; } =
        new Dictionary<string, Func<RenderSession, CallArguments, object?>>(StringComparer.Ordinal)
        {
            ["quote"] = (_, args) => RelationName.Quote(args.RequireText(0, "identifier", "adapter.quote")),
            ["quote_as_configured"] = QuoteAsConfigured,
            ["quote_seed_column"] = QuoteSeedColumn,
            ["convert_type"] = ConvertType,
            ["standardize_grants_dict"] = (_, args) => Grants(args),
            ["verify_database"] = VerifyDatabase,
            ["parse_index"] = ParseIndex,
            ["render_raw_columns_constraints"] = (_, args) => ConstraintText.OfColumns(args),
            ["render_raw_model_constraints"] = (_, args) => ConstraintText.OfModel(args),
        };

    private static string QuoteAsConfigured(RenderSession session, CallArguments args)
    {
        var identifier = args.RequireText(0, "identifier", "adapter.quote_as_configured");
        var quoting = session.Project.Quoting;
        var quoted = args.RequireText(1, "quote_key", "adapter.quote_as_configured") switch
        {
            "database" => quoting.Database,
            "schema" => quoting.Schema,
            "identifier" => quoting.Identifier,
            var other => throw args.Fail(
                $"adapter.quote_as_configured() knows the keys database, schema and identifier, but not '{other}'",
                args.SpanOf(1, "quote_key")
            ),
        };
        return quoted ? RelationName.Quote(identifier) : identifier;
    }

    private static string QuoteSeedColumn(RenderSession session, CallArguments args)
    {
        var column = args.RequireText(0, "column", "adapter.quote_seed_column");
        return args.Optional(1, "quote_config") switch
        {
            null or true => RelationName.Quote(column),
            false => column,
            var other => throw args.Fail(
                $"'quote_columns' is true or false, but adapter.quote_seed_column() got {PyText.Repr(other)}",
                args.SpanOf(1, "quote_config")
            ),
        };
    }

    // dbt's types of seeds by what a column holds.
    private static object? ConvertType(RenderSession session, CallArguments args)
    {
        if (args.Optional(0, "agate_table") is not TableValue table || args.Optional(1, "col_idx") is not long index)
        {
            throw args.Fail("adapter.convert_type() expects a query's result and the number of a column");
        }

        if (index < 0 || index >= table.Types.Length)
        {
            throw args.Fail($"the result has no column {index}", args.SpanOf(1, "col_idx"));
        }

        var values = table.Rows.Select(row => row.Values[(int)index]).Where(value => value is not null).ToList();
        var type = table.Types[(int)index];
        return type switch
        {
            "boolean" or "date" => type,
            _ when type.StartsWith("timestamp", StringComparison.Ordinal) => "timestamp without time zone",
            _ when type.StartsWith("numeric", StringComparison.Ordinal) || type is "real" or "double precision" =>
                values.TrueForAll(value => value is long) ? "integer" : "float8",
            "smallint" or "integer" or "bigint" => "integer",
            _ => "text",
        };
    }

    // {privilege: [grantees]}, of rows with a grantee and a privilege.
    private static PyDict Grants(CallArguments args)
    {
        var grants = new PyDict();
        foreach (var row in (args.Optional(0, "grants_table") as TableValue ?? TableValue.Empty).Rows)
        {
            row.TryGetItem("grantee", out var grantee);
            row.TryGetItem("privilege_type", out var privilege);
            if (!grants.TryGet(privilege, out var known))
            {
                grants[privilege] = known = new PyList();
            }

            grants[privilege] = new PyList(((PyList)known!).Append(grantee));
        }

        return grants;
    }

    private static string VerifyDatabase(RenderSession session, CallArguments args)
    {
        var database = args.RequireText(0, "database", "adapter.verify_database").Trim('"');
        var expected = session.Project.Options.Target.Database;
        return string.Equals(database, expected, StringComparison.OrdinalIgnoreCase)
            ? string.Empty
            : throw args.Fail(
                $"PostgreSQL cannot reach another database: '{database}' is not '{expected}', the target's",
                args.SpanOf(0, "database")
            );
    }

    private static FrozenMapping? ParseIndex(RenderSession session, CallArguments args)
    {
        var raw = args.Optional(0, "raw_index");
        if (raw is null)
        {
            return null;
        }

        if (
            AdapterDispatch.Entries(raw) is not { } entries
            || entries.Keys.Any(key => key is not string name || !IndexKeys.Contains(name))
            || !entries.TryGet("columns", out var columns)
            || columns is not PyList
        )
        {
            throw args.Fail(
                $"an index has the keys columns, unique and type, but adapter.parse_index() got {PyText.Repr(raw)}",
                args.SpanOf(0, "raw_index")
            );
        }

        entries.TryGet("unique", out var unique);
        entries.TryGet("type", out var type);
        return new FrozenMapping(
            new PyDict
            {
                { "columns", columns },
                { "unique", unique is true },
                { "type", type },
                {
                    "get_name",
                    HostFunction.Create(
                        "get_name",
                        call => IndexName((PyList)columns!, unique, type, session.IndexSalt, call)
                    )
                },
            }
        );
    }

    // The same name for the same index each time, where dbt puts the time into it: here the old table is in another schema, unless a copy of
    // it stands beside the new one.
    private static string IndexName(PyList columns, object? unique, object? type, string salt, CallArguments args)
    {
        var relation = args.RequireRelation(0, "relation", "get_name").Render();
        var text =
            string.Join('_', columns.Append(relation).Append(unique is true).Append(type).Select(PyText.Str)) + salt;
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
