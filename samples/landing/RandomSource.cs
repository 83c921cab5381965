namespace Analytics.Landing;

/// <summary>
/// SplitMix64: the same numbers for a seed on every system and every version of .NET. Only operations that IEEE 754 defines
/// to the last bit follow from it, so no logarithm and no sine.
/// </summary>
internal sealed class RandomSource(ulong seed)
{
    private ulong state = seed;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>At least 0, less than 1.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>About normally distributed, with mean 0 and deviation 1, and never beyond 3.5: a sum of four.</summary>
    public double NextBell() => (NextUnit() + NextUnit() + NextUnit() + NextUnit() - 2) * 1.7320508075688772;
}
