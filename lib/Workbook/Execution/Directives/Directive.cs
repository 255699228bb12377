using Workbook.Execution.Packages;

namespace Workbook.Execution.Directives;

/// <summary>A line of a cell that is for the workbook, and not, or not only, for the compiler.</summary>
/// <param name="Line">Its line in the cell, from 1.</param>
internal abstract record Directive(int Line);

/// <summary><c>#!import file</c>: runs a file of C#, or the code cells of a notebook, before the cell.</summary>
internal sealed record ImportDirective(string Path, int Line) : Directive(Line);

/// <summary><c>#load "file"</c>: the compiler reads the file; the workbook looks there for packages.</summary>
internal sealed record LoadDirective(string Path, int Line) : Directive(Line);

/// <summary><c>#r "nuget: Name, Version"</c>.</summary>
internal sealed record PackageDirective(PackageRequest Request, int Line) : Directive(Line);

/// <summary><c>#i "nuget: source"</c>.</summary>
internal sealed record SourceDirective(string Source, int Line) : Directive(Line);

/// <summary><c>#!time</c>: the cell's time is shown.</summary>
internal sealed record TimeDirective(int Line) : Directive(Line);

/// <summary>A question about the session, as <c>#!whos</c>.</summary>
/// <param name="Name">What is asked.</param>
/// <param name="IsBeforeCode">Whether it stands above the cell's code, and is answered first.</param>
/// <param name="Line">Its line in the cell, from 1.</param>
internal sealed record QuestionDirective(string Name, bool IsBeforeCode, int Line) : Directive(Line);
