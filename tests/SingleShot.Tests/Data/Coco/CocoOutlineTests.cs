using AwesomeAssertions;
using SingleShot.Data.Coco;
using Xunit;

namespace SingleShot.Tests.Data.Coco;

public sealed class CocoOutlineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Masks run down the columns: of height 4, 5 without and 2 within are the second column's rows 1 and 2.</summary>
    [Theory]
    [InlineData("[[10, 20, 30, 20, 30, 50]]", 10, 20, 20, 30)]
    [InlineData("[[10, 20, 30, 20, 30, 50], [5.5, 60, 6, 61, 6, 60]]", 5.5, 20, 24.5, 41)]
    [InlineData("[10, 20, 30, 20, 30, 50]", 10, 20, 20, 30)]
    [InlineData("""{"size": [4, 6], "counts": [5, 2, 17]}""", 1, 1, 1, 2)]
    [InlineData("""{"counts": [6, 3, 15], "size": [4, 6]}""", 1, 0, 2, 4)]
    [InlineData("""{"size": [4, 6], "counts": "52a0"}""", 1, 1, 1, 2)]
    public void ObjectWithoutABox_HasThatOfItsOutline(string outline, double left, double top, double width, double height)
    {
        var read = Read($$"""{"id": 1, "image_id": 7, "category_id": 3, "segmentation": {{outline}}}, {"id": 2, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5], "segmentation": [[1, 2]]}""");

        read.Objects.Select(item => item.Box).Should().Equal(new CocoBox(left, top, width, height), new CocoBox(1, 1, 5, 5));
        read.Objects[0].Area.Should().Be(width * height);
        read.Problems.Should().Equal("instances.json: an object has an outline and no box; the box around it is taken (1 times, first annotation 1 of image 7)");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("[[1, NaN, 3, 4, 5, 6]]")]
    [InlineData("[[{}]]")]
    [InlineData("""{"size": [4, 6], "counts": [-5, 2]}""")]
    [InlineData("""{"size": [0, 6], "counts": [5, 2]}""")]
    [InlineData("""{"size": [4, 6], "counts": "~"}""")]
    [InlineData("""{"size": [4, 6], "counts": "PPPPPPPPPPPPPPPPPPPP"}""")]
    [InlineData("""{"size": [4, 6], "counts": [24]}""")]
    [InlineData("""{"size": [4, 6], "counts": [9223372036854775807, 5]}""")]
    public void OutlineThatIsNone_LeavesTheObjectWithoutABox(string outline) =>
        Read($$"""{"id": 1, "image_id": 7, "category_id": 3, "segmentation": {{outline}}}, {"id": 2, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]}""")
            .Problems.Should().Equal("instances.json: annotation 1 of image 7: has no box of four numbers; skipped");

    /// <summary>From the fourth on, a length is written as what it differs by from the one two before; 32 and more take two characters.</summary>
    [Theory]
    [InlineData("52a0", new long[] { 5, 2, 17 })]
    [InlineData("5230", new long[] { 5, 2, 3, 2 })]
    [InlineData("523N", new long[] { 5, 2, 3, 0 })]
    [InlineData("T1", new long[] { 36 })]
    public void PackedLengths_AreUnpacked(string packed, long[] lengths) => MaskRuns.Unpack(packed).Should().Equal(lengths);

    private CocoAnnotations Read(string annotations) => CocoAnnotations.Read(_folder.Write(
        $$"""{"images": [{"id": 7, "file_name": "a.jpg"}], "annotations": [{{annotations}}], "categories": [{"id": 3, "name": "car"}]}""", "instances.json"));
}
