namespace Analytics.Deployment.Testing.Fusion;

/// <summary>A run of tokens.</summary>
/// <param name="Start">Index of the first.</param>
/// <param name="End">Index after the last.</param>
internal readonly record struct TokenRange(int Start, int End)
{
    public int Count => End - Start;
}
