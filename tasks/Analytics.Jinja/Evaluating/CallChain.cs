using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>The macro calls under way as a shared list, innermost first; null is the template itself.</summary>
internal sealed class CallChain(string macroName, SourceSpan callSite, CallChain? outer)
{
    private ImmutableArray<TemplateFrame> frames;

    /// <summary>As the public surface shows it. Computed once: diagnostics and maps ask rarely.</summary>
    public static ImmutableArray<TemplateFrame> Frames(CallChain? chain)
    {
        if (chain is null)
        {
            return [];
        }

        if (chain.frames.IsDefault)
        {
            var builder = ImmutableArray.CreateBuilder<TemplateFrame>();
            for (var link = chain; link is not null; link = link.Outer)
            {
                builder.Add(new TemplateFrame(link.MacroName, link.CallSite));
            }

            ImmutableInterlocked.InterlockedInitialize(ref chain.frames, builder.ToImmutable());
        }

        return chain.frames;
    }

    private string MacroName => macroName;

    private SourceSpan CallSite => callSite;

    private CallChain? Outer => outer;
}
