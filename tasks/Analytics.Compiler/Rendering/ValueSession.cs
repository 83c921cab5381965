using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>A rendering of a YAML value, or a call of a naming macro: there is no node to refer from.</summary>
internal sealed class ValueSession(ProjectContext project, string package, SourceSpan fallback)
    : RenderSession(project, package, fallback)
{
    public override bool Execute => false;

    public override bool IsIncremental => false;

    public override IWarehouse Warehouse => NoWarehouse.Instance;

    public override object? This => null;

    public override object? Model => null;

    public override object Ref(CallArguments args) => throw args.Fail("ref() cannot be used in this place");

    public override object Source(CallArguments args) => throw args.Fail("source() cannot be used in this place");

    public override object Function(CallArguments args) => throw args.Fail("function() cannot be used in this place");

    public override void Configure(CallArguments args) => throw args.Fail("config() cannot be used in this place");

    public override bool TryGetConfig(string key, out object? value)
    {
        value = null;
        return false;
    }
}
