namespace SingleShot.Data;

/// <summary>The label of each class by its name, and the one rule for names that all readers hold to: none comes twice.</summary>
internal sealed class ClassLabels
{
    private readonly Dictionary<string, int> _labels = [];

    /// <summary>Labels count the names from 0.</summary>
    /// <param name="classNames">The classes that a caller asks for.</param>
    /// <exception cref="ArgumentException">A class is named twice.</exception>
    public ClassLabels(IReadOnlyList<string> classNames)
    {
        Names = classNames;
        foreach (var (label, name) in classNames.Index())
        {
            if (!_labels.TryAdd(name, label))
            {
                throw new ArgumentException($"The class '{name}' is named twice, so it has no one label.", nameof(classNames));
            }
        }
    }

    /// <summary>The names, by label.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The label of a class; null where it is none of those asked for.</summary>
    public int? Of(string name) => _labels.TryGetValue(name, out var label) ? label : null;

    /// <summary>What to say of an object of another class.</summary>
    public static string NotAsked(string name) => $"class '{name}' is none of those asked for; skipped";
}
