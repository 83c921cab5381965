namespace Analytics.Deployment;

/// <summary>When what was built becomes visible.</summary>
public enum CutOverMode
{
    /// <summary>Everything at once, when all is built and no test is red: the property's word is <c>publish</c>.</summary>
    Publish,

    /// <summary>
    /// Each node by itself as soon as it is built, before its tests run, as dbt does it: <c>node</c>. What is red stops what is below it
    /// and takes nothing back.
    /// </summary>
    Node,
}
