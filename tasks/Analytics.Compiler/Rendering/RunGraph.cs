using Analytics.Compiler.Describing;
using Analytics.Compiler.Rendering.Context;

namespace Analytics.Compiler.Rendering;

/// <summary>
/// dbt's <c>graph</c> for the renderings of one run. A publish has one for all of them: packages keep things in it from one
/// node for the next. At build every rendering has its own, so that the order of the threads changes no byte.
/// </summary>
internal sealed class RunGraph(ProjectDescription description)
{
    private readonly Lazy<GraphValue> shared = new(() => new GraphValue(description.Graph.Copy()));

    public GraphValue For(bool execute) => execute ? shared.Value : new GraphValue(description.Graph.Copy());
}
