using Workbook.Notebooks;

namespace Workbook.Commands;

/// <summary>A notebook that will run.</summary>
/// <param name="Notebook">The notebook, parameters in place.</param>
/// <param name="Name">Its path from the folder that was given; its copy lies at the same path in the folder of copies.</param>
internal sealed record PlannedNotebook(Notebook Notebook, string Name);
