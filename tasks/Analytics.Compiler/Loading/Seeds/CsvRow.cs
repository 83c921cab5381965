namespace Analytics.Compiler.Loading.Seeds;

/// <summary>One value of a CSV file.</summary>
/// <param name="Text">Without quotes; line breaks in it are <c>\n</c>.</param>
/// <param name="Start">UTF-16 offset of its first character, its quote included.</param>
/// <param name="End">UTF-16 offset after its last character.</param>
internal readonly record struct CsvField(string Text, int Start, int End);

/// <summary>One line of a CSV file, or several when a quoted value has line breaks.</summary>
/// <param name="Start">UTF-16 offset of its first character.</param>
/// <param name="Fields">Its values; none for a blank line.</param>
internal sealed record CsvRow(int Start, List<CsvField> Fields);
