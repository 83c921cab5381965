using Analytics.Text;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>A <c>{% docs %}</c> block of a Markdown file: what <c>doc('name')</c> gives.</summary>
/// <param name="Package">The project or package it belongs to.</param>
/// <param name="Name">Its name.</param>
/// <param name="NameSpan">The name in the file.</param>
/// <param name="Body">The Markdown, whitespace around it included; dbt renders it without any names, and strips it.</param>
public sealed record DocsBlock(string Package, string Name, SourceSpan NameSpan, SourceSpan Body);
