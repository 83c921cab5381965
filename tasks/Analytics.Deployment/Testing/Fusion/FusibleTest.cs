using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>A test that may share a scan.</summary>
/// <param name="Step">The test.</param>
/// <param name="Rendered">Its SQL.</param>
/// <param name="Row">What it asks of each row.</param>
internal sealed record FusibleTest(RunTest Step, Renderings Rendered, RowTest Row)
{
    /// <summary>A test as one that may share a scan; null when it runs alone.</summary>
    public static FusibleTest? Of(RunTest step, Renderings rendered) =>
        rendered is { Staged: { } sql, Final: not null }
        && DataTestQuery.IsOnlyCount(step.Test)
        && RowTestReader.Read(sql.Text) is { } row
            ? new FusibleTest(step, rendered, row)
            : null;
}
