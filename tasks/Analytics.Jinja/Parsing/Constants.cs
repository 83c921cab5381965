using System.Numerics;
using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Parsing;

/// <summary>Evaluates expressions without names while parsing; what fails is left to fail when it runs.</summary>
internal static class Constants
{
    private static readonly RenderOptions Small = new() { MaxSteps = 10_000, MaxOutputLength = 10_000 };

    public static bool TryEvaluate(Expression expression, out object? value)
    {
        try
        {
            value = expression.Evaluate(new Frame(new RenderContext(NoGlobals.Instance, Small), 0, null));
            return value is not (Undefined or PyIterator);
        }
        catch (TemplateException)
        {
            value = null;
            return false;
        }
    }

    /// <summary>True when all evaluations may share the value.</summary>
    public static bool IsImmutable(object? value) =>
        value is null or string or long or double or bool or BigInteger or PySlice
        || (value is PyTuple tuple && Array.TrueForAll(tuple.Items, IsImmutable));

    private sealed class NoGlobals : IGlobalScope
    {
        public static readonly NoGlobals Instance = new();

        public bool TryGet(string name, out object? value)
        {
            value = null;
            return false;
        }
    }
}
