using Analytics.Deployment.Reporting;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Applying.Hooks;

/// <summary>One of the <c>results</c> that a hook at the end of a run reads: dbt's RunResult.</summary>
/// <param name="fields">Its fields, in dbt's order.</param>
internal sealed class RunResultValue(PyDict fields) : IHostObject
{
    string IHostObject.TypeName => "RunResult";

    /// <summary>The value of a result.</summary>
    /// <param name="result">What became of the node.</param>
    /// <param name="node">The node as the manifest describes it.</param>
    public static RunResultValue Of(NodeResult result, PyDict node)
    {
        var response = new PyDict();
        if (AdapterResponse.Of(result) is { } answer)
        {
            response["_message"] = answer.Message;
            response["code"] = answer.Code;
            response["rows_affected"] = answer.Rows;
        }

        return new RunResultValue(
            new PyDict
            {
                { "status", RunResultsWriter.Status(result.Status) },
                { "timing", new PyList() },
                { "thread_id", FormattableString.Invariant($"Thread-{result.Thread}") },
                { "execution_time", result.Duration.TotalSeconds },
                { "adapter_response", response },
                { "message", result.Message.Length == 0 ? null : result.Message },
                { "failures", result.Failures },
                { "node", node },
                { "unique_id", result.UniqueId },
                { "relation_name", result.RelationSql },
                { "compiled_code", result.CompiledSql },
            }
        );
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        if (name == "to_dict")
        {
            value = HostFunction.Create(name, _ => fields.Copy());
            return true;
        }

        return fields.TryGet(name, out value);
    }

    public bool TryGetItem(object? key, out object? value) => fields.TryGet(key, out value);

    public string AsText() => $"RunResult(status={fields["status"]}, unique_id={fields["unique_id"]})";
}
