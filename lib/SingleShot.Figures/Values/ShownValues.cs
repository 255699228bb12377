using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Values;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Training;
using static TorchSharp.torch;

[assembly: TypeFormatterSource(typeof(ShownValues), PreferredMimeTypes = [Mime.Plain, Mime.Html])]

namespace SingleShot.Figures.Values;

/// <summary>The values that know nothing of figures and yet show as one in a notebook: those of the library, and TorchSharp's tensors and modules.</summary>
/// <remarks>Every kernel takes them from here: the workbook's by the attribute of this assembly, .NET Interactive through SingleShot.Interactive.</remarks>
internal sealed class ShownValues
{
    private static readonly (Type Type, Func<object, Figure> Draw)[] Types =
    [
        Of<RgbImage>(image => Pictures.Image(image, $"{image.Width} x {image.Height} pixels")),
        Of<Example>(example => Annotated.Draw(example.Image, example.Truths)),
        Of<Sample>(sample => Annotated.Draw(sample)),
        Of<DataSet>(DataSetTable.Draw),
        Of<DetectedObject>(found => DetectionTable.Draw([found])),
        Of<IReadOnlyList<DetectedObject>>(DetectionTable.Draw),
        Of<IReadOnlyList<BoundingBox>>(RecordTables.Draw),
        Of<IReadOnlyList<GroundTruth>>(RecordTables.Draw),
        Of<IReadOnlyList<TrainingStep>>(RecordTables.Draw),
        Of<SsdSpecification>(SpecificationTable.Draw),
        Of<nn.Module>(LayerTable.Draw),
        Of<Tensor>(TensorView.Draw),
    ];

    // A kernel reaches this through reflection, on an instance.
#pragma warning disable CA1822
    public IEnumerable<object> CreateTypeFormatters() => Types.SelectMany(one => new[]
    {
        new FigureFormatter(Mime.Plain, value => one.Draw(value).Summary, one.Type),
        new FigureFormatter(Mime.Html, value => one.Draw(value).ToHtml(), one.Type),
    });
#pragma warning restore CA1822

    private static (Type, Func<object, Figure>) Of<T>(Func<T, Figure> draw) => (typeof(T), value => draw((T)value));
}
