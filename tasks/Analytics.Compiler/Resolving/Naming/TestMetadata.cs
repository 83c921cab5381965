using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Naming;

/// <summary>dbt's <c>test_metadata</c>: the macro of a generic test and its arguments, as they are written.</summary>
internal static class TestMetadata
{
    public static PyDict Of(GenericTestUse use)
    {
        var arguments = new PyDict();
        foreach (var (name, value) in use.Arguments)
        {
            arguments[name] = value;
        }

        if (use.Column is not null)
        {
            arguments["column_name"] = use.Column;
        }

        arguments["model"] = $"{{{{ get_where_subquery({use.Target}) }}}}";
        return new PyDict
        {
            { "name", use.Declaration.TestName },
            { "kwargs", arguments },
            { "namespace", use.Declaration.Namespace },
        };
    }
}
