using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using SingleShot.Data.Shapes;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Tests.Data.Shapes;

public sealed class ShapesGeneratorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewFolder_IsACocoSetWithoutProblems()
    {
        var set = ShapesGenerator.Write(_folder.File("shapes"), 40, seed: 1);
        set.Problems.Should().BeEmpty();
        set.Samples.Should().HaveCount(40);
        set.ClassNames.Should().Equal("circle", "square", "triangle", "star");
        set.Samples.Select(sample => ImageFile.Read(sample.ImagePath)).Should().OnlyContain(image => image.Width == 96 && image.Height == 96);
        Directory.GetDirectories(_folder.Path).Should().ContainSingle("nothing half done stays behind");
    }

    [Fact]
    public void Write_SameSeedElsewhere_WritesTheSameBytes()
    {
        var first = ShapesGenerator.Write(_folder.File("a"), 8, seed: 5);
        var second = ShapesGenerator.Write(_folder.File("b"), 8, seed: 5);
        foreach (var (one, other) in first.Samples.Zip(second.Samples))
        {
            File.ReadAllBytes(one.ImagePath).Should().Equal(File.ReadAllBytes(other.ImagePath));
            one.Truths.Should().Equal(other.Truths);
        }
    }

    [Fact]
    public void Write_SameSetAgain_LeavesTheFilesAlone()
    {
        var path = ShapesGenerator.Write(_folder.File("a"), 4, seed: 5).Samples[2].ImagePath;
        File.AppendAllText(path, "mark");
        ShapesGenerator.Write(_folder.File("a"), 4, seed: 5).Samples.Should().HaveCount(4);
        File.ReadAllText(path).Should().EndWith("mark");
    }

    [Fact]
    public void Write_AnotherSetOrOneWithAFileMissing_MakesItAnew()
    {
        var first = ShapesGenerator.Write(_folder.File("a"), 4, seed: 5);
        var before = File.ReadAllBytes(first.Samples[0].ImagePath);
        var second = ShapesGenerator.Write(_folder.File("a"), 5, seed: 6);
        second.Samples.Should().HaveCount(5);
        File.ReadAllBytes(second.Samples[0].ImagePath).Should().NotEqual(before);
        File.Delete(second.Samples[3].ImagePath);
        ShapesGenerator.Write(_folder.File("a"), 5, seed: 6).Samples.Should().HaveCount(5);
    }

    [Fact]
    public void Write_FolderOfSomethingElse_IsRefusedAndKept()
    {
        var mine = _folder.Write("precious", "a", "notes.txt");
        var write = () => ShapesGenerator.Write(_folder.File("a"), 1, seed: 1);
        write.Should().Throw<IOException>().WithMessage("*holds something else*");
        File.ReadAllText(mine).Should().Be("precious");
    }

    [Fact]
    public void Draw_ManyPictures_VaryAsPromised()
    {
        var examples = Enumerable.Range(0, 400).Select(index => ShapesGenerator.Draw(3, index)).ToArray();
        var truths = examples.SelectMany(example => example.Truths).ToArray();
        examples.Count(example => example.Truths.Count == 0).Should().BeInRange(2, 30);
        examples.Max(example => example.Truths.Count).Should().Be(5);
        truths.Select(truth => truth.Label).Distinct().Should().HaveCount(4);
        truths.Should().OnlyContain(truth => !truth.Box.IsDegenerate && truth.Box == truth.Box.ClipTo(96, 96));
        var sides = truths.Select(truth => Math.Max(truth.Box.Width, truth.Box.Height) / 96).ToArray();
        sides.Min().Should().BeInRange(0.149, 0.2);
        sides.Max().Should().BeInRange(0.5, 0.701);
    }

    [Fact]
    public void Draw_Stretched_LiesOrStandsAsLongAsAskedAndInside()
    {
        var truths = Enumerable.Range(0, 400).SelectMany(index => ShapesGenerator.Draw(3, index, stretch: 4).Truths).ToArray();
        // The boxes of a triangle or a star are by themselves up to a seventh longer than wide.
        var ratios = truths.Select(truth => truth.Box.Width / truth.Box.Height).ToArray();
        ratios.Should().OnlyContain(ratio => Math.Max(ratio, 1 / ratio) > 3.4 && Math.Max(ratio, 1 / ratio) < 4.7);
        ratios.Count(ratio => ratio > 1).Should().BeInRange(ratios.Length * 4 / 10, ratios.Length * 6 / 10);
        truths.Should().OnlyContain(truth => !truth.Box.IsDegenerate && truth.Box == truth.Box.ClipTo(96, 96));
        truths.Select(truth => Math.Max(truth.Box.Width, truth.Box.Height) / 96).Max().Should().BeInRange(0.93, 0.951);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(9)]
    [InlineData(double.NaN)]
    public void Draw_StretchThatCannotBe_IsRefused(double stretch)
    {
        var draw = () => ShapesGenerator.Draw(3, 0, stretch: stretch);
        draw.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(stretch));
    }

    [Fact]
    public void Write_StretchedOverASetThatIsNot_MakesItAnew()
    {
        var plain = ShapesGenerator.Write(_folder.File("a"), 6, seed: 5).Samples.SelectMany(sample => sample.Truths).ToArray();
        var drawnOut = ShapesGenerator.Write(_folder.File("a"), 6, seed: 5, stretch: 6).Samples.SelectMany(sample => sample.Truths).ToArray();
        plain.Should().OnlyContain(truth => truth.Box.Width < 2 * truth.Box.Height && truth.Box.Height < 2 * truth.Box.Width);
        drawnOut.Should().OnlyContain(truth => truth.Box.Width > 4 * truth.Box.Height || truth.Box.Height > 4 * truth.Box.Width);
    }

    [Fact]
    public void Write_SetWhoseFileSaysNothingOfStretch_LeavesItAlone()
    {
        ShapesGenerator.Write(_folder.File("a"), 4, seed: 5);
        var annotations = _folder.File("a/instances.json");
        File.WriteAllText(annotations, File.ReadAllText(annotations).Replace(",\"stretch\":1", "", StringComparison.Ordinal) + " ");
        ShapesGenerator.Write(_folder.File("a"), 4, seed: 5);
        File.ReadAllText(annotations).Should().EndWith(" ", "it was made before shapes could be stretched, and is the same").And.NotContain("stretch");
    }

    [Fact]
    public void Draw_OneShape_FillsItsBoxAndNoMore()
    {
        var alone = Enumerable.Range(0, 600).Select(index => ShapesGenerator.Draw(11, index)).Where(example => example.Truths.Count == 1).ToArray();
        alone.Length.Should().BeGreaterThan(60);
        var tight = alone.Count(example =>
        {
            var (box, seen) = (example.Truths[0].Box, Patch(example.Image, example.Truths[0].Box));
            double[] gaps = [seen.Left - box.Left, seen.Top - box.Top, box.Right - seen.Right, box.Bottom - seen.Bottom];
            return gaps.All(gap => gap is > -1.5 and < 3);
        });
        // A patch is told from the background by its color alone, which now and then goes wrong.
        tight.Should().BeGreaterThan(alone.Length * 9 / 10);
    }

    [Fact]
    public void Box_AnyShape_IsTight() =>
        Gen.Select(Gen.Int[0, 3], Gen.Double[8, 20], Gen.Double[0, 6.3], Gen.Double[0.5, 1.2]).Sample((label, radius, angle, stretch) =>
        {
            var shape = Shape.Create(label, 30, 30, radius, angle);
            shape = stretch < 0.75 ? shape : shape.Stretch(stretch, 1 / stretch);
            var grid = Enumerable.Range(0, 601).Select(i => i / 10.0).ToArray(); // the largest shape reaches 20 / 0.75 from the middle
            var inside = (from x in grid from y in grid where shape.Distance(x, y) <= 0 select (X: x, Y: y)).ToArray();
            var box = shape.Box;
            double[] gaps =
            [
                inside.Min(p => p.X) - box.Left, inside.Min(p => p.Y) - box.Top, box.Right - inside.Max(p => p.X), box.Bottom - inside.Max(p => p.Y),
            ];
            // The grid may miss a sharp corner by a little, and the shape may never leave its box.
            return gaps.All(gap => gap is >= -1e-9 and < 0.4) && Math.Abs(inside.Length / 100.0 - shape.Area) < 0.02 * shape.Area + 1;
        }, iter: 40);

    [Fact]
    public void Write_WhereNoFolderCanBe_NamesTheFolder()
    {
        var folder = Path.Combine(_folder.Write("a file", "file"), "shapes");
        var write = () => ShapesGenerator.Write(folder, 2, seed: 1);
        write.Should().Throw<IOException>().WithMessage($"{folder} cannot be written: *What was there before is as it was.");
    }

    /// <summary>The box about the pixels that can be reached from the middle of a box over pixels of about the middle's color.</summary>
    private static BoundingBox Patch(RgbImage image, BoundingBox box)
    {
        var start = (X: (int)((box.Left + box.Right) / 2), Y: (int)((box.Top + box.Bottom) / 2));
        var color = image.At(start.X, start.Y);
        var reached = new HashSet<(int X, int Y)>();
        var open = new Stack<(int X, int Y)>([start]);
        while (open.TryPop(out var at))
        {
            if (at.X < 0 || at.Y < 0 || at.X >= image.Width || at.Y >= image.Height || reached.Contains(at))
            {
                continue;
            }
            var (red, green, blue) = image.At(at.X, at.Y);
            if (Math.Sqrt(Math.Pow(red - color.Red, 2) + Math.Pow(green - color.Green, 2) + Math.Pow(blue - color.Blue, 2)) < 60)
            {
                reached.Add(at);
                open.Push((at.X + 1, at.Y));
                open.Push((at.X - 1, at.Y));
                open.Push((at.X, at.Y + 1));
                open.Push((at.X, at.Y - 1));
            }
        }
        return new(reached.Min(p => p.X), reached.Min(p => p.Y), reached.Max(p => p.X) + 1, reached.Max(p => p.Y) + 1);
    }
}
