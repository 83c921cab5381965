namespace Analytics.Jinja.Values;

/// <summary>What a view of a dict shows.</summary>
internal enum DictPart
{
    Keys,
    Values,
    Items,
}
