using System.Collections.Immutable;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning;

namespace Analytics.Deployment.Tests.Applying.Building;

public sealed class StepSchedulerTests
{
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
                while (await scheduler.NextAsync(TestContext.Current.CancellationToken) is { } index)
                {
                    await Task.Yield();
                    lock (settled)
                    {
                        settled.Add(index);
                        settled.AddRange(scheduler.Finish(index, red: random.Next(4) == 0));
                    }
                }
            }
        }
    }
}
