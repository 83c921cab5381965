using System.Collections.Immutable;

namespace Analytics.Compiler.Diagnostics;

/// <summary>Every code there is, in ordinal order of the code.</summary>
public static class DiagnosticCatalogue
{
    /// <summary>All descriptors, sorted by <see cref="DiagnosticDescriptor.Id"/>.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        .. ProjectDiagnostics
            .All.Concat(TemplateDiagnostics.All)
            .Concat(SqlDiagnostics.All)
            .Concat(GraphDiagnostics.All)
            .Concat(DeploymentDiagnostics.All)
            .Concat(JobDiagnostics.All)
            .Concat(TestDiagnostics.All)
            .Concat(UnitTestDiagnostics.All)
            .Concat(FunctionDiagnostics.All)
            .Concat(MaterializationDiagnostics.All)
            .Concat(ContractDiagnostics.All)
            .Concat(InternalDiagnostics.All)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];
}
