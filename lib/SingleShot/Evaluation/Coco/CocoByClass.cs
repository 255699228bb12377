namespace SingleShot.Evaluation.Coco;

/// <summary>Sorts truths and detections by class, and evaluates the classes side by side.</summary>
internal sealed class CocoByClass
{
    private readonly List<CocoTruth>[] _truths;
    private readonly List<CocoFound>[] _found;

    public CocoByClass(int count)
    {
        (_truths, _found) = (new List<CocoTruth>[count], new List<CocoFound>[count]);
        for (var label = 0; label < count; label++)
        {
            (_truths[label], _found[label]) = ([], []);
        }
    }

    /// <summary>Items by the rank of their image; those of one image in the order given.</summary>
    public static T[] ByImage<T>(IReadOnlyList<T> items, Func<T, int> image, int images)
    {
        var next = new int[images + 1]; // where the next item of an image goes
        for (var i = 0; i < items.Count; i++)
        {
            next[image(items[i]) + 1]++;
        }
        for (var i = 1; i <= images; i++)
        {
            next[i] += next[i - 1];
        }
        var sorted = new T[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            sorted[next[image(items[i])]++] = items[i];
        }
        return sorted;
    }

    /// <summary>Adds a truth; those of earlier images come first.</summary>
    public void Add(int label, CocoTruth truth) => _truths[label].Add(truth);

    /// <summary>Adds a detection; those of earlier images come first.</summary>
    public void Add(int label, CocoFound found) => _found[label].Add(found);

    /// <summary>The scores of what was added.</summary>
    public CocoScores Evaluate(IReadOnlyList<string> classNames)
    {
        var curves = new CocoCurves(_truths.Length);
        Parallel.For(0, _truths.Length, label =>
        {
            if (_truths[label].Count > 0)
            {
                CocoAccumulation.Run(new CocoClass(_truths[label], _found[label]), label, curves);
            }
        });
        return new CocoScores(classNames, curves);
    }
}
