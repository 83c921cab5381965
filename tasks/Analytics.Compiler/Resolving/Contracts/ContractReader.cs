using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Contracts;

/// <summary>Reads the contract of a model, and reports what no server is needed to find wrong.</summary>
internal sealed class ContractReader(SettingsReader settings)
{
    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>The contract; null when the model has none that counts, or one that cannot be enforced (reported).</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="shape">What the model becomes, and how.</param>
    /// <param name="described">The entry in YAML; null when there is none.</param>
    public Contract? Read(string name, ModelShape shape, ResourceProperties? described)
    {
        if (settings.Mapping("contract") is not { } config || !IsTrue(config, "enforced", false))
        {
            return null;
        }

        var without =
            shape.Materialization is Materialization.Ephemeral or Materialization.MaterializedView
                ? "only views, tables and incremental models have one"
            : shape.Maker is not null ? "a macro of the project makes the relation, and nobody looks at what it makes"
            : null;
        if (without is not null)
        {
            settings.Report([
                ContractDiagnostics.WithoutEffect(settings.SpanOf("contract"), $"the contract of '{name}'", without),
            ]);
            return null;
        }

        if (shape.Incremental?.OnSchemaChange is OnSchemaChange.Ignore or OnSchemaChange.SyncAllColumns)
        {
            Refuse(
                settings.Has("on_schema_change") ? "on_schema_change" : "contract",
                name,
                "an incremental model with a contract needs 'on_schema_change' to be append_new_columns or fail"
            );
        }

        var contract = new Contract([], []);
        if (described is null || described.Columns.IsEmpty)
        {
            Refuse("contract", name, "no YAML file says what its columns are");
        }
        else
        {
            var aliases = IsTrue(config, "alias_types", true);
            contract = new Contract(
                [.. described.Columns.Select(column => Column(column, name, aliases))],
                Constraints(described.Raw["constraints"])
            );
            CheckKeys(name, contract);
            CheckEffects(contract, shape.Materialization);
        }

        settings.Report(diagnostics);
        return diagnostics.Exists(found => found.Severity == DiagnosticSeverity.Error) ? null : contract;
    }

    // dbt makes nothing of such a constraint, and says nothing.
    private void CheckEffects(Contract contract, Materialization materialization)
    {
        var all = contract.Constraints.Concat(contract.Columns.SelectMany(column => column.Constraints)).ToList();
        if (materialization == Materialization.View)
        {
            foreach (var constraint in all.Where(found => found.IsToldUnsupported))
            {
                diagnostics.Add(
                    ContractDiagnostics.WithoutEffect(
                        constraint.Span,
                        $"the constraint {ConstraintSql.Words[(int)constraint.Kind]} of a view",
                        "PostgreSQL has none there; a data test can hold it, and 'warn_unsupported: false' says that it is known"
                    )
                );
            }

            return;
        }

        foreach (var constraint in contract.Constraints.Where(found => found.Kind == ConstraintKind.NotNull))
        {
            diagnostics.Add(
                ContractDiagnostics.WithoutEffect(
                    constraint.Span,
                    "the constraint not_null of a model",
                    "it belongs to a column"
                )
            );
        }

        foreach (var constraint in all.Where(ConstraintSql.SaysNothing))
        {
            var needed = constraint.Kind == ConstraintKind.ForeignKey ? "'to' and 'to_columns'" : "an 'expression'";
            diagnostics.Add(
                ContractDiagnostics.WithoutEffect(
                    constraint.Span,
                    $"the constraint {ConstraintSql.Words[(int)constraint.Kind]}",
                    $"it needs {needed}"
                )
            );
        }
    }

    private void Refuse(string key, string name, string reason) =>
        diagnostics.Add(ContractDiagnostics.Invalid(settings.SpanOf(key), name, reason));

    private ContractColumn Column(ColumnProperties column, string model, bool aliases)
    {
        if (string.IsNullOrWhiteSpace(column.DataType))
        {
            diagnostics.Add(
                ContractDiagnostics.Invalid(column.NameSpan, model, $"the column '{column.Name}' has no data_type")
            );
        }

        var type = column.DataType ?? string.Empty;
        return new ContractColumn(
            column.Name,
            column.NameSpan,
            aliases ? ColumnValue.TranslateType(type) : type,
            column.Quote,
            Constraints(column.Raw["constraints"])
        );
    }

    private static ImmutableArray<ConstraintDefinition> Constraints(YamlNode? node) =>
        [
            .. ((node as YamlSequence)?.Items ?? [])
                .OfType<YamlMapping>()
                .Select(entry =>
                    ConstraintSql.KindOf(Text(entry["type"])) is { } kind
                        ? new ConstraintDefinition(
                            kind,
                            Text(entry["name"]),
                            Text(entry["expression"]) ?? string.Empty,
                            Text(entry["to"]),
                            Texts(entry["to_columns"]),
                            Texts(entry["columns"]),
                            entry.Span
                        )
                        {
                            IsToldUnsupported = Text(entry["warn_unsupported"]) is not ("false" or "False"),
                        }
                        : null
                )
                .OfType<ConstraintDefinition>(),
        ];

    private void CheckKeys(string name, Contract contract)
    {
        var ofColumns = contract
            .Columns.SelectMany(column => column.Constraints)
            .Where(constraint => constraint.Kind == ConstraintKind.PrimaryKey)
            .ToList();
        if (ofColumns.Count > 1)
        {
            diagnostics.Add(
                ContractDiagnostics.Invalid(
                    ofColumns[1].Span,
                    name,
                    "more than one column is its primary key; a key of several columns is a constraint of the model"
                )
            );
        }

        if (
            ofColumns.Count > 0
            && contract.Constraints.FirstOrDefault(constraint => constraint.Kind == ConstraintKind.PrimaryKey)
                is { } ofModel
        )
        {
            diagnostics.Add(
                ContractDiagnostics.Invalid(ofModel.Span, name, "the model and a column both have a primary key")
            );
        }
    }

    private static bool IsTrue(PyDict config, string key, bool fallback) =>
        config.TryGet(key, out var value) ? value is true : fallback;

    private static string? Text(YamlNode? node) => node is YamlScalar { Value: not null } scalar ? scalar.Text : null;

    private static ImmutableArray<string> Texts(YamlNode? node) =>
        node switch
        {
            YamlSequence list => [.. list.Items.Select(Text).OfType<string>()],
            _ => Text(node) is { } one ? [one] : [],
        };
}
