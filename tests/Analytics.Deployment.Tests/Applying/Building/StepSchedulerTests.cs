using System.Collections.Immutable;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning;

namespace Analytics.Deployment.Tests.Applying.Building;

public sealed class StepSchedulerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_step_is_settled_exactly_once_whatever_fails()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(1, 30);
            ImmutableArray<PlannedStep> steps =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i => new PlannedStep(
                        null!,
                        [.. Enumerable.Range(0, i).Where(_ => random.Next(4) == 0)],
                        random.Next(5)
                    )),
            ];
            using var scheduler = new StepScheduler(steps);
            var settled = new List<int>();
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => WorkAsync()));

            Assert.Equal(Enumerable.Range(0, count), settled.Order());

            async Task WorkAsync()
            {
                while (await scheduler.NextAsync(Company, Token) is { IsDefault: false } taken)
                {
                    await Task.Yield();
                    lock (settled)
                    {
                        settled.AddRange(taken);
                        settled.AddRange(taken.SelectMany(index => scheduler.Finish(index, red: random.Next(4) == 0)));
                    }
                }
            }
        }

        static Func<int, bool>? Company(int index) => index % 3 == 0 ? other => other % 3 == 0 : null;
    }

    [Fact]
    public async Task Steps_that_go_together_are_taken_by_one_worker_whoever_else_waits()
    {
        using var scheduler = new StepScheduler([.. Enumerable.Range(0, 6).Select(_ => new PlannedStep(null!, [], 0))]);

        var turns = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ => scheduler.NextAsync(index => index == 1 ? null : other => other != 1, Token))
        );

        Assert.Equal([0, 2, 3, 4, 5], turns[0]);
        Assert.Equal([1], turns[1]);
    }
}
