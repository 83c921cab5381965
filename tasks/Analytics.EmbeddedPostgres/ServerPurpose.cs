namespace Analytics.EmbeddedPostgres;

/// <summary>What a private server is for, which decides how careful it is with its data.</summary>
public enum ServerPurpose
{
    /// <summary>
    /// A person's data. One server for a root folder, shared by all processes that ask for it; it writes through to the
    /// disk, outlives the process that started it, and is never deleted by this library.
    /// </summary>
    Durable,

    /// <summary>
    /// Tests and shadow checks. Every start gives a new, empty server (<c>fsync=off</c>), which is deleted on dispose; one whose owner
    /// was killed is deleted by the next start in the same root folder.
    /// </summary>
    Throwaway,
}
