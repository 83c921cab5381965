using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;

namespace Analytics.Deployment.Applying.Hooks;

/// <summary>A hook did not render, or the server refused it.</summary>
internal sealed class HookException(ImmutableArray<Diagnostic> diagnostics, Exception? inner = null)
    : Exception(diagnostics[0].Message, inner)
{
    /// <summary>Why, at the place of the hook.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => diagnostics;
}
