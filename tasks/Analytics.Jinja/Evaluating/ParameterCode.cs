using Analytics.Jinja.Tree;

namespace Analytics.Jinja.Evaluating;

/// <summary>A parameter of a macro: its slot and its default, which may read the parameters before it.</summary>
internal sealed record ParameterCode(string Name, int Slot, Expression? Default);
