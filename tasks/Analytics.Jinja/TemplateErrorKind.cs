namespace Analytics.Jinja;

/// <summary>What kind of mistake a template made. Each kind is one rule that was broken, not one place in the engine.</summary>
public enum TemplateErrorKind
{
    /// <summary>The text is not a template: an unclosed tag, an unknown tag, a missing operand.</summary>
    Syntax,

    /// <summary>A tag that Jinja knows and this engine refuses by name, such as <c>include</c>.</summary>
    Unsupported,

    /// <summary>A name that nothing defines was used for more than printing.</summary>
    UndefinedName,

    /// <summary>An attribute or item that its object does not have was used for more than printing.</summary>
    UndefinedAttribute,

    /// <summary>An operation that the types of its operands do not have; Python's TypeError.</summary>
    Type,

    /// <summary>A right type with a wrong value: a division by zero, a text that is no number; Python's ValueError and kin.</summary>
    Value,

    /// <summary>Arguments that do not fit the parameters of what is called.</summary>
    Argument,

    /// <summary>A filter that does not exist. Reported when the template is parsed.</summary>
    UnknownFilter,

    /// <summary>A test (<c>is …</c>) that does not exist. Reported when the template is parsed.</summary>
    UnknownTest,

    /// <summary>A limit of <see cref="RenderOptions"/>, of <c>range()</c>, of a regular expression or of the stack.</summary>
    Limit,

    /// <summary>Raised by the host through <see cref="CallArguments.Fail"/>.</summary>
    Host,

    /// <summary>An attribute that templates may not reach (a name that begins with two underscores).</summary>
    Security,
}
