using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Reads the arguments of a context function, with an error at the argument that does not fit.</summary>
internal static class Arguments
{
    public static string RequireText(this CallArguments args, int index, string name, string function)
    {
        if (!args.TryGet(index, name, out var value))
        {
            throw args.Fail($"{function}() needs the argument '{name}'");
        }

        return value as string
            ?? throw args.Fail(
                $"{function}() expects a string for '{name}', but got {PyText.Repr(value)}",
                args.SpanOf(index, name)
            );
    }

    /// <summary>An argument as it prints.</summary>
    public static string RequireShown(this CallArguments args, int index, string name, string function) =>
        args.TryGet(index, name, out var value)
            ? PyText.Str(value)
            : throw args.Fail($"{function}() needs the argument '{name}'");

    /// <summary>A relation, which a template has from <c>ref</c>, <c>this</c>, <c>api.Relation.create</c> and others.</summary>
    public static RelationValue RequireRelation(this CallArguments args, int index, string name, string function) =>
        args.Optional(index, name) as RelationValue
        ?? throw args.Fail(
            $"{function}() expects a relation for '{name}', but got {PyText.Repr(args.Optional(index, name))}",
            args.SpanOf(index, name)
        );

    public static string? OptionalText(this CallArguments args, int index, string name, string function) =>
        args.TryGet(index, name, out var value) && value is not null ? RequireText(args, index, name, function) : null;

    public static object? Optional(this CallArguments args, int index, string name, object? fallback = null) =>
        args.TryGet(index, name, out var value) ? value : fallback;

    public static bool Flag(this CallArguments args, int index, string name, bool fallback) =>
        args.TryGet(index, name, out var value) ? value is true : fallback;
}
