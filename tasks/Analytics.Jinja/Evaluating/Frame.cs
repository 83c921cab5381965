namespace Analytics.Jinja.Evaluating;

/// <summary>The variables of one run of a template, a macro, a caller or a round of a recursive loop.</summary>
internal sealed class Frame
{
    /// <summary>What a slot holds before its name is set; reading goes on outside then.</summary>
    public static readonly object Unset = new();

    public Frame(RenderContext context, int slots, Frame? outer)
    {
        Context = context;
        Outer = outer;
        if (slots == 0)
        {
            Slots = [];
        }
        else
        {
            Slots = new object?[slots];
            Array.Fill(Slots, Unset);
        }
    }

    public RenderContext Context { get; }

    /// <summary>The frame that the code is written in; null for a template and for a macro of the host.</summary>
    public Frame? Outer { get; }

    public object?[] Slots { get; }
}
