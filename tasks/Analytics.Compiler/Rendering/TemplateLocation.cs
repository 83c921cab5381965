using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>Brings a place inside a macro back to the file whose author is being told.</summary>
internal static class TemplateLocation
{
    /// <summary>
    /// The place itself when it is in the author's file; else the innermost macro call that stands in that file, with
    /// the places between as related locations; else <paramref name="fallback"/>.
    /// </summary>
    public static (SourceSpan Span, ImmutableArray<RelatedLocation> Related) InAuthorsFile(
        SourceSpan span,
        ImmutableArray<TemplateFrame> stack,
        SourceSpan fallback
    )
    {
        if (ReferenceEquals(span.File, fallback.File))
        {
            return (span, []);
        }

        var related = ImmutableArray.CreateBuilder<RelatedLocation>();
        var place = span;
        foreach (var frame in stack)
        {
            related.Add(new RelatedLocation(place, $"in macro '{frame.MacroName}'"));
            place = frame.CallSite;
            if (ReferenceEquals(place.File, fallback.File))
            {
                return (place, related.ToImmutable());
            }
        }

        return (fallback, related.ToImmutable());
    }
}
