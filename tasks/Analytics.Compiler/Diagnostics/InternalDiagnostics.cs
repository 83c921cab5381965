using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>9xxx: our own bugs. Nobody should ever see one; who does gets enough to report it.</summary>
public static class InternalDiagnostics
{
    private static readonly DiagnosticDescriptor UnexpectedFailure = new(
        "ASQL9001",
        "Unexpected failure",
        DiagnosticSeverity.Error
    );

    internal static ImmutableArray<DiagnosticDescriptor> All => [UnexpectedFailure];

    /// <summary>A stage threw what it never should.</summary>
    /// <param name="stage">The stage, for example <c>Rendering</c>.</param>
    /// <param name="exception">What was thrown; its type and message are shown, its stack is not.</param>
    /// <param name="span">The file at hand, where there was one.</param>
    public static Diagnostic Failure(string stage, Exception exception, SourceSpan? span = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Diagnostic.Create(
            UnexpectedFailure,
            span,
            $"{stage} failed unexpectedly ({exception.GetType().Name}: {exception.Message}). This is a bug of Analytics.Sdk: please report it with the file that was being compiled."
        );
    }
}
