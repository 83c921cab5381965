using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Naming;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Describes the nodes of a graph. Threads may share one.</summary>
internal sealed class NodeDescriber(ModelGraph graph, IMacroCatalogue macros, DocBlocks docs)
{
    private readonly NodeParts parts = new(macros, docs);
    private readonly Lazy<PrimaryKeys> keys = new(() => new PrimaryKeys(graph));

    public PyDict Describe(GraphNode node) =>
        node switch
        {
            ModelNode model => Model(model),
            SeedNode seed => Seed(seed),
            SnapshotNode snapshot => Snapshot(snapshot),
            AnalysisNode analysis => Analysis(analysis),
            FunctionNode function => Function(function),
            TestNode test => Test(test),
            OperationNode operation => Operation(operation),
            SourceNode table => SourceDescription.Of(table, docs),
            ExposureNode exposure => ExposureDescription.Of(exposure),
            UnitTestNode unitTest => UnitTestDescription.Of(unitTest),
            _ => throw new ArgumentException($"There is no description of a {node.Kind}.", nameof(node)),
        };

    private PyDict Model(ModelNode model)
    {
        var description = parts.Start(model, model.Relation, model.Resource.RelativePath, model.Resource.File);
        parts.AddCode(description, model, model.Resource.Body.Text);
        var raw = model.Described?.Raw;
        description["access"] = model.Access.ToString().ToLowerInvariant();
        description["constraints"] = ColumnDescription.Constraints(raw?["constraints"]);
        description["version"] = model.Version?.Value;
        description["latest_version"] = model.Version?.Latest;
        description["deprecation_date"] = (raw?["deprecation_date"] as YamlScalar)?.Text;
        description["primary_key"] = new PyList(keys.Value.Of(model));
        description["time_spine"] = null;
        return description;
    }

    private PyDict Snapshot(SnapshotNode snapshot)
    {
        var resource = snapshot.Resource;
        var description = parts.Start(snapshot, snapshot.Relation, resource.RelativePath, resource.File);
        parts.AddCode(description, snapshot, resource.Body.Text);
        return description;
    }

    private PyDict Analysis(AnalysisNode analysis)
    {
        var resource = analysis.Resource;
        var description = parts.Start(analysis, null, $"analysis/{resource.RelativePath}", resource.File);
        description["columns"] = ColumnDescription.Of(analysis.Columns, analysis.Package, docs);
        parts.AddCode(description, analysis, resource.Body.Text);
        return description;
    }

    private PyDict Function(FunctionNode function)
    {
        var resource = function.Resource;
        var description = parts.Start(function, function.Relation, resource.RelativePath, resource.File);
        parts.AddCode(description, function, resource.Body.Text);
        description["arguments"] = new PyList(
            function.Signature.Arguments.Select(argument => new PyDict
            {
                { "name", argument.Name },
                { "data_type", argument.DataType },
                { "description", argument.Description },
                { "default_value", argument.Default },
            })
        );
        description["returns"] = new PyDict
        {
            { "data_type", function.Signature.Returns },
            { "description", function.Signature.ReturnsDescription },
        };
        return description;
    }

    private PyDict Seed(SeedNode seed)
    {
        var description = parts.Start(seed, seed.Relation, seed.Resource.RelativePath, seed.Resource.File);
        description["raw_code"] = string.Empty;
        description["doc_blocks"] = docs.In(seed.Package, seed.Described?.Description);
        description["root_path"] = null;
        description["depends_on"] = new PyDict { { "macros", new PyList() } };
        return description;
    }

    private PyDict Operation(OperationNode operation)
    {
        var description = parts.Start(
            operation,
            null,
            $"hooks/{operation.Name}.sql",
            operation.Span.File,
            isFile: false
        );
        var tag = operation.When == RunHook.Start ? "on-run-start" : "on-run-end";
        description["tags"] = new PyList([tag]);
        ((PyDict)description["config"]!)["tags"] = new PyList([tag]);
        parts.AddCode(description, operation, operation.Sql);
        description["index"] = (long)operation.Index;
        return description;
    }

    private PyDict Test(TestNode test)
    {
        if (test.Singular is { } singular)
        {
            var described = parts.Start(test, test.FailingRows, singular.RelativePath, singular.File);
            parts.AddCode(described, test, singular.Body.Text);
            return described;
        }

        var use = test.Generic!;
        var description = parts.Start(test, test.FailingRows, $"{test.ShortName}.sql", test.Span.File, isFile: false);
        var call = use.Macro.Package == "dbt" ? use.Macro.Name : $"{use.Macro.Package}.{use.Macro.Name}";
        parts.AddCode(description, test, $"{{{{ {call}(**_dbt_generic_test_kwargs) }}}}");
        description["column_name"] = use.Column;
        description["file_key_name"] = FileKey(use.AttachedNode);
        description["attached_node"] = use.AttachedNode;
        description["test_metadata"] = TestMetadata.Of(use);
        return description;
    }

    // The list in the YAML file and the name in it: models.orders.
    private static string FileKey(string attachedNode)
    {
        var parts = attachedNode.Split('.');
        return $"{parts[0]}s.{parts[2]}";
    }
}
