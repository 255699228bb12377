namespace SingleShot.Data.Coco;

/// <summary>The labels that a file's categories get.</summary>
internal sealed class CocoLabels
{
    private readonly int[] _labels; // of each category; -1 for one that is not asked for

    private CocoLabels(IReadOnlyList<string> names, int[] labels) => (Names, _labels) = (names, labels);

    /// <summary>The classes, by label.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The label of a category, by its place among the file's; null where it is not asked for.</summary>
    public int? Of(int category) => _labels[category] >= 0 ? _labels[category] : null;

    /// <summary>Labels by the classes asked for; else one for each category.</summary>
    /// <param name="annotations">The file.</param>
    /// <param name="asked">The classes asked for; null where none are.</param>
    /// <param name="findings">Gets a line where two categories of one name become one class.</param>
    /// <exception cref="InvalidDataException">No classes are asked for, and two categories have one name.</exception>
    public static CocoLabels Of(CocoAnnotations annotations, ClassLabels? asked, List<Finding> findings)
    {
        var categories = annotations.Categories;
        foreach (var same in categories.GroupBy(category => category.Name).Where(group => group.Count() > 1))
        {
            var problem = $"categories {string.Join(" and ", same.Select(category => category.Id))} have the same name, '{same.Key}'";
            findings.Add(asked is not null
                ? new Finding(FindingKind.Leniency, $"{Path.GetFileName(annotations.Name)}: {problem}; taken as one class")
                : throw new InvalidDataException(
                    $"{annotations.Name}: {problem}, so the class has no one label: rename one of them in the file, or ask for classes by name, "
                    + "which makes one class of them."));
        }
        return asked is null
            ? new([.. categories.Select(category => category.Name)], [.. Enumerable.Range(0, categories.Count)])
            : new(asked.Names, [.. categories.Select(category => asked.Of(category.Name) ?? -1)]);
    }
}
