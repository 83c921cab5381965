namespace Analytics.EmbeddedPostgres.Locating;

/// <summary>A folder that may hold PostgreSQL's programs.</summary>
/// <param name="Directory">The folder itself, not its parent.</param>
/// <param name="Origin">How it came to be looked at, in words for a person.</param>
internal sealed record SearchPlace(string Directory, string Origin);
