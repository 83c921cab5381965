using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>Creates a table in the staging schema and copies the rows of a CSV file into it.</summary>
internal sealed class SeedBuilder(StepSession session)
{
    public async Task<StepOutcome> BuildAsync(LoadSeed step)
    {
        var (seed, diagnostics) = SeedReader.Read(step.Seed.Resource, step.Seed.Settings);
        return seed is null
            ? StepOutcome.Failed(diagnostics)
            : await session.AroundAsync(step, () => BuildAsync(step, seed, diagnostics)).ConfigureAwait(false);
    }

    private async Task<StepOutcome> BuildAsync(LoadSeed step, SeedTable seed, ImmutableArray<Diagnostic> diagnostics)
    {
        await session.RunAsync(step, new Statement(SeedLoader.CreateTable(seed, step.Staged))).ConfigureAwait(false);
        await SeedLoader.CopyAsync(session.Runner, seed, step.Staged, session.CancellationToken).ConfigureAwait(false);
        await session.RunAsync(step, TableStatements.Finish(step.Seed, step.Staged)).ConfigureAwait(false);
        return StepOutcome.Built(seed.Rows.Length) with { Diagnostics = diagnostics };
    }
}
