namespace Analytics.Jinja;

/// <summary>What may be done with a name that nothing defines.</summary>
public enum UndefinedBehavior
{
    /// <summary>Jinja's rule: it prints as nothing and loops zero times; an attribute, a call or arithmetic is an error.</summary>
    Default,

    /// <summary>
    /// The rule of dbt's parse pass: attributes, items and calls give another undefined value too; arithmetic and
    /// ordering are still errors. <c>.name</c> is the name that was not found.
    /// </summary>
    Capture,
}
