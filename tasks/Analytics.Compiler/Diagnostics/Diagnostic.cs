using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>Something a stage found. Made by the factory methods of the catalogue, so that no caller writes message text.</summary>
/// <param name="Descriptor">The code and its title.</param>
/// <param name="Severity">How bad it is; the descriptor's default unless configured.</param>
/// <param name="Span">Where in a file of the author; null only for what has no place in a file.</param>
/// <param name="Message">One sentence: what was found and what was expected.</param>
/// <param name="Related">Further places, for example the macro calls between the author's file and the macro.</param>
public sealed record Diagnostic(
    DiagnosticDescriptor Descriptor,
    DiagnosticSeverity Severity,
    SourceSpan? Span,
    string Message,
    ImmutableArray<RelatedLocation> Related
)
{
    /// <summary>The code, for example <c>ASQL3001</c>.</summary>
    public string Id => Descriptor.Id;

    internal static Diagnostic Create(DiagnosticDescriptor descriptor, SourceSpan? span, string message) =>
        new(descriptor, descriptor.DefaultSeverity, span, message, []);

    internal Diagnostic WithRelated(ImmutableArray<RelatedLocation> related) => this with { Related = related };

    /// <summary>Writes the diagnostic as MSBuild does, without a directory: <c>path(l,c,l,c): error ASQL0000: message</c>.</summary>
    public override string ToString()
    {
        var severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        var place = Span is { } span ? $"{span}: " : string.Empty;
        return $"{place}{severity} {Id}: {Message}";
    }
}

/// <summary>A place that helps to understand a diagnostic.</summary>
/// <param name="Span">Where.</param>
/// <param name="Message">What is there, for example <c>in macro 'cents_to_dollars'</c>.</param>
public sealed record RelatedLocation(SourceSpan Span, string Message);
