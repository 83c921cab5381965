using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;

namespace Analytics.Compiler.Parsing;

/// <summary>What parsing the SQL of a project gave.</summary>
/// <param name="Models">What could be parsed, in graph order; of an incremental model both branches.</param>
/// <param name="Diagnostics">What there is to say, in the same order.</param>
/// <param name="Cache">The SQL that is right.</param>
internal sealed record ParsedModels(
    ImmutableArray<ParsedModel> Models,
    ImmutableArray<Diagnostic> Diagnostics,
    ParseCache Cache
);
