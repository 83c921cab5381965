namespace Analytics.Landing;

/// <summary>Chooses among numbers from zero, each as often as its weight says.</summary>
internal sealed class WeightedChoice
{
    private readonly double[] upTo;

    public WeightedChoice(IEnumerable<double> weights)
    {
        var sum = 0.0;
        upTo = [.. weights.Select(weight => sum += weight)];
    }

    /// <param name="unit">At least 0, less than 1; a greater one gives a choice that is no smaller.</param>
    public int At(double unit) => At(unit, out _);

    /// <param name="unit">At least 0, less than 1.</param>
    /// <param name="within">Where in the choice's own share it fell: at least 0, less than 1.</param>
    public int At(double unit, out double within)
    {
        var wanted = unit * upTo[^1];
        var found = Array.BinarySearch(upTo, wanted);
        // On an exact hit the choice ends there, and the next begins.
        var index = Math.Min(found >= 0 ? found + 1 : ~found, upTo.Length - 1);
        var begin = index == 0 ? 0 : upTo[index - 1];
        within = Math.Clamp((wanted - begin) / (upTo[index] - begin), 0, 0.999_999_999);
        return index;
    }
}
