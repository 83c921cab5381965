using System.Runtime;
using Analytics.Tasks;

namespace Analytics.Sdk.Tests.Building;

public sealed class CollectionPauseTests
{
    [Fact]
    public void Few_files_are_not_worth_one()
    {
        var before = GCSettings.LatencyMode;

        using (CollectionPause.Begin(10))
        {
            Assert.Equal(before, GCSettings.LatencyMode);
        }
    }

    [Fact]
    public void One_ends_with_the_build_and_a_second_at_the_same_time_is_none()
    {
        using (CollectionPause.Begin(1000))
        {
            Assert.Equal(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
            CollectionPause.Begin(1000).Dispose();
            Assert.Equal(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
        }

        Assert.NotEqual(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
    }

    [Fact]
    public void A_build_that_needs_more_collects_as_usual()
    {
        var kept = new List<byte[]>();
        using (CollectionPause.Begin(100))
        {
            for (var i = 0; i < 1000; i++)
            {
                kept.Add(new byte[80_000]);
            }
        }

        Assert.NotEqual(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
        Assert.Equal(1000, kept.Count);
    }
}
