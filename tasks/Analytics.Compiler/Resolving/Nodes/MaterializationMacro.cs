namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>The macro that makes a model's relation, where that is not left to the publish.</summary>
/// <param name="Package">The package it is in.</param>
/// <param name="Name">Its name there.</param>
/// <param name="ReadsOld">Whether it may want the rows that the model has, or takes new ones into them.</param>
public sealed record MaterializationMacro(string Package, string Name, bool ReadsOld);
