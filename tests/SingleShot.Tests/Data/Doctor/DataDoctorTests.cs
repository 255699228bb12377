using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Coco;
using SingleShot.Data.Doctor;
using SingleShot.Data.Voc;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Tests.Data.Doctor;

public sealed class DataDoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, FindingKind, BoundingBox> VocBoxes => new()
    {
        { "5 5 5 9", FindingKind.Degenerate, new(4, 4, 5, 9) },
        { "0 1 20 20", FindingKind.OffByOne, new(-1, 0, 20, 20) },
        { "1 1 100 41", FindingKind.OffByOne, new(0, 0, 100, 41) },
        { "30 10 140 30", FindingKind.BeyondEdge, new(29, 9, 140, 30) },
        { "120 10 140 30", FindingKind.Outside, new(119, 9, 140, 30) },
        { "7.5 7 8 30", FindingKind.Sliver, new(6.5, 6, 8, 30) },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(VocBoxes))]
    public void VocBox_IsFoundByItsKind_AsItWasWritten(string box, FindingKind kind, BoundingBox written)
    {
        Voc("a", Item("cat", "1 1 50 30"), Item("cat", box));

        var report = DataDoctor.Examine(VocReader.Read(_folder.Path, "train"));

        var finding = report.Findings.Should().ContainSingle().Which;
        (finding.Kind, finding.ImageId, finding.Box).Should().Be((kind, "a", written));
        report.Healthy.Should().BeFalse();
        report.Count(kind).Should().Be(1);
        report.ToString().Should().Contain($"\n{kind}").And.Contain(DataReport.Advice(kind));
    }

    [Theory]
    [InlineData("[0, 0, 20, 0]", 1, FindingKind.Degenerate)]
    [InlineData("[9, 9, -3, 5]", 1, FindingKind.Degenerate)]
    [InlineData("[81, 1, 20, 20]", 1, FindingKind.OffByOne)]
    [InlineData("[0, 0, 20, 20]", 7, FindingKind.UnknownClass)]
    [InlineData("[0, 200, 20, 20]", 1, FindingKind.Outside)]
    [InlineData("\"none\"", 1, FindingKind.Unreadable)]
    public void CocoObject_IsFoundByItsKind(string box, int category, FindingKind kind)
    {
        Picture("a.png", 100, 40);
        var file = _folder.Write($$"""
            {"images": [{"id": 3, "file_name": "a.png", "width": 100, "height": 40}], "categories": [{"id": 1, "name": "cat"}],
             "annotations": [{"id": 1, "image_id": 3, "category_id": 1, "bbox": [1, 1, 30, 30]}, {"id": 2, "image_id": 3, "category_id": {{category}}, "bbox": {{box}}}]}
            """, "instances.json");

        DataDoctor.Examine(CocoReader.Read(file, _folder.Path)).Findings.Should().ContainSingle().Which.Kind.Should().Be(kind);
    }

    [Fact]
    public void Images_ThatAreMissing_Broken_Empty_OrOfAnotherSize_AreFound()
    {
        Voc("a", Item("cat", "1 1 50 30"));
        Voc("empty");
        Voc("small", Item("cat", "1 1 50 30"));
        Picture("JPEGImages/small.png", 50, 20);
        Voc("broken", Item("cat", "1 1 50 30"));
        _folder.Write("no picture", "JPEGImages", "broken.png");
        Voc("gone", Item("cat", "1 1 50 30"));
        File.Delete(Path.Combine(_folder.Path, "JPEGImages", "gone.png"));

        var data = VocReader.Read(_folder.Path, "train");
        var report = DataDoctor.Examine(data);

        report.Findings.Select(finding => (finding.Kind, finding.ImageId)).Should().Equal(
            (FindingKind.Unreadable, "broken"), (FindingKind.MissingImage, "gone"), (FindingKind.WrongSize, "small"), (FindingKind.Empty, "empty"));
        DataDoctor.Examine(data, openImages: false).Findings.Select(finding => finding.Kind).Should().Equal(FindingKind.MissingImage, FindingKind.Empty);
    }

    [Fact]
    public void SameObjectTwice_AndClassWithoutObjects_AreFound()
    {
        Voc("a", Item("cat", "1 1 50 30"), Item("dog", "1 1 50 30"), Item("cat", "1 1 50 30"), Item("cat", "60 1 90 30"));

        var report = DataDoctor.Examine(VocReader.Read(_folder.Path, "train", ["cat", "cow", "dog"]));

        report.Findings.Select(finding => finding.Kind).Should().Equal(FindingKind.Twice, FindingKind.UnusedClass);
        report.Findings[0].Text.Should().EndWith("object 3 is where object 1 is, and of the same class");
        report.Objects.Should().Equal(3, 0, 1);
    }

    [Fact]
    public void LabelThatNamesNoClass_OfADataSetMadeByHand_IsFound()
    {
        Picture("a.png", 9, 9);
        var sample = new Sample("1", Path.Combine(_folder.Path, "a.png"), 9, 9, [new GroundTruth(new(1, 1, 8, 8), 0), new GroundTruth(new(2, 2, 9, 5), 1)]);

        DataDoctor.Examine(new DataSet("mine", ["cat"], [sample], [])).Findings.Should().ContainSingle().Which.Kind.Should().Be(FindingKind.UnknownClass);
    }

    [Fact]
    public void GoodData_IsHealthy()
    {
        Voc("a", Item("cat", "1 1 100 40"));
        Voc("empty");

        var report = DataDoctor.Examine(VocReader.Read(_folder.Path, "train"));

        report.Healthy.Should().BeTrue();
        report.ToString().Should().Contain("2 images, 1 objects");
    }

    [Fact]
    public void EachKind_HasAdvice() => Enum.GetValues<FindingKind>().Select(DataReport.Advice).Should().OnlyHaveUniqueItems().And.NotContain("");

    private void Voc(string id, params string[] objects)
    {
        Picture($"JPEGImages/{id}.png", 100, 40);
        _folder.Write($"<annotation><size><width>100</width><height>40</height></size>{string.Concat(objects)}</annotation>", "Annotations", id + ".xml");
        File.AppendAllText(_folder.File("ImageSets", "Main", "train.txt"), id + "\n");
    }

    private void Picture(string name, int width, int height) => ImageFile.Write(_folder.File(name.Split('/')), SingleShot.Tests.Data.Pictures.Plain(width, height, 9, 9, 9));

    private static string Item(string name, string corners)
    {
        var numbers = corners.Split(' ');
        return $"<object><name>{name}</name><bndbox><xmin>{numbers[0]}</xmin><ymin>{numbers[1]}</ymin><xmax>{numbers[2]}</xmax><ymax>{numbers[3]}</ymax></bndbox></object>";
    }
}
