using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>Pieces of output that follow each other and come out of one file and one macro call.</summary>
/// <param name="First">Index of the first piece; the run ends where the next one begins.</param>
/// <param name="File">The file.</param>
/// <param name="Chain">The macro calls under way.</param>
internal readonly record struct OutputRun(int First, SourceFile File, CallChain? Chain);
