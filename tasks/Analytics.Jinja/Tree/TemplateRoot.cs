using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Statements;

namespace Analytics.Jinja.Tree;

/// <summary>A whole template, ready to run.</summary>
internal sealed class TemplateRoot(SequenceStatement body, int slotCount)
{
    public void Run(RenderContext context)
    {
        if (body.Execute(new Frame(context, slotCount, null)) == Flow.Return)
        {
            throw context.Error(ReturnFunction.Outside(), body.Span);
        }
    }
}
