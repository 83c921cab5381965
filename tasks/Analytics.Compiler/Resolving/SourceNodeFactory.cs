using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Resolving;

/// <summary>Makes nodes of the tables of sources.</summary>
internal sealed class SourceNodeFactory(ResolvingScope scope)
{
    /// <summary>The draft of a table.</summary>
    public DraftNode Make(SourceTable table)
    {
        var config = scope.Layers.Merge(
            ResourceKind.Source,
            table.Package,
            table.Fqn,
            [table.SourceConfig, table.Config],
            []
        );
        _ = scope.Settings(config, table.NameSpan, out var isEnabled);
        var relation = new RelationName(
            scope.Text(table.Database, table.Package) ?? scope.Project.Options.Target.Database,
            scope.Text(table.Schema, table.Package) ?? table.SourceName,
            scope.Text(table.Identifier, table.Package) ?? table.Name
        );
        var node = new SourceNode(
            table,
            relation,
            scope.Descriptions.Columns(table.Columns, table.Package),
            $"source.{table.Package}.{table.SourceName}.{table.Name}",
            table.Name,
            table.Package,
            table.Fqn,
            table.NameSpan,
            config.Freeze(),
            [],
            scope.Descriptions.Text(table.RawTable["description"], table.Package)
        );
        return new DraftNode(node, null, [], [], []) { IsEnabled = isEnabled };
    }
}
