using System.Text;
using AwesomeAssertions;
using CsCheck;
using SingleShot.Data.Coco;
using Xunit;

namespace SingleShot.Tests.Data.Coco;

public sealed class CocoAnnotationsTests : IDisposable
{
    private const string Good = """
        {"info": {"year": 2017}, "images": [{"id": 9, "file_name": "é.jpg", "width": 100, "height": 80}, {"id": 2, "file_name": "b.jpg", "width": 50, "height": 60}],
        "annotations": [
        {"id": 1, "image_id": 9, "category_id": 90, "bbox": [0.1, 0.2, 0.3, 200], "area": 12.5, "segmentation": [[1, NaN, -3.5e2]]},
        {"id": 2, "image_id": 2, "category_id": 4, "bbox": [-1, 2, 0, 4], "iscrowd": 1, "segmentation": {"counts": "a[]{}\\\"", "size": [8, 9]}, "area": -Infinity}],
        "categories": [{"id": 90, "name": "toothbrush"}, {"id": 4, "name": "motorcycle"}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_KeepsWhatIsWritten_UnclippedAndWithItsOwnSizes()
    {
        var read = Read(Good);
        read.Problems.Should().BeEmpty();
        read.Categories.Should().Equal(new CocoCategory(4, "motorcycle"), new CocoCategory(90, "toothbrush"));
        read.Images.Should().Equal(new CocoImage(9, "é.jpg", 100, 80), new CocoImage(2, "b.jpg", 50, 60));
        read.Objects.Should().Equal(
            new CocoObject(1, 0, 1, new CocoBox(.1, .2, .3, 200), 12.5, false), new CocoObject(2, 1, 0, new CocoBox(-1, 2, 0, 4), 0, true));
    }

    [Fact]
    public void Only_KeepsSomeImages_WithTheirObjects()
    {
        var some = Read(Good).Only([2]);
        some.Images.Should().ContainSingle().Which.Id.Should().Be(2);
        some.Objects.Should().ContainSingle().Which.Should().Match<CocoObject>(item => item.Id == 2 && item.Image == 0);
        some.Categories.Should().HaveCount(2);
        FluentActions.Invoking(() => Read(Good).Only([5])).Should().Throw<ArgumentException>().WithMessage("*has no image 5*");
    }

    [Fact]
    public void TokensAcrossTheBlocksOfTheReader_AreReadTheSame()
    {
        // Blanks of every length move what follows over the ends of the blocks, the numbers that JSON does not have among it.
        var blanks = new string(' ', (1 << 18) - 700);
        for (var more = 0; more < 700; more += 3)
        {
            var read = Read(Good.Replace("\"annotations\"", blanks + new string('\n', more) + "\"annotations\"", StringComparison.Ordinal));
            read.Problems.Should().BeEmpty();
            read.Objects.Select(item => item.Box).Should().Equal(new CocoBox(.1, .2, .3, 200), new CocoBox(-1, 2, 0, 4));
        }
    }

    [Fact]
    public void NumbersThatJsonDoesNotHave_WithinATextStayText()
    {
        var read = Read(Good.Replace("é.jpg", "a, NaN, -Infinity, b", StringComparison.Ordinal));
        read.Images[0].FileName.Should().Be("a, NaN, -Infinity, b");
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    public void HalfASurrogatePair_CostsItsRecordOrNothing(string text)
    {
        Read(Good.Replace("é.jpg", text, StringComparison.Ordinal)).Problems[0].Should().Be(
            $"instances.json: image 9: file_name is \"{text}\", not a readable text; skipped with its annotations");
        Read(Good.Replace("year", text, StringComparison.Ordinal)).Problems.Should().BeEmpty();
        Read(Good.Replace("\"iscrowd\"", $"\"{text}\": 3, \"iscrowd\"", StringComparison.Ordinal)).Problems.Should().BeEmpty();
    }

    [Fact]
    public void ErrorFarIntoAFile_HasItsLineAndPosition()
    {
        var lines = string.Concat(Enumerable.Repeat(new string(' ', 99) + "\n", 5000)); // half a million bytes
        FluentActions.Invoking(() => Read("{" + lines + """ "images": 7}""")).Should().Throw<InvalidDataException>()
            .WithMessage("*: line 5001, position 12: not a COCO annotation file: 'images' is 7, not a list.");
        FluentActions.Invoking(() => Read("{" + lines + """ "images": x}""")).Should().Throw<InvalidDataException>()
            .WithMessage("*: line 5001, position 12: not JSON: *");
    }

    [Fact]
    public void TextThatNeverEnds_IsRefusedBeforeItFillsTheMemory()
    {
        var path = _folder.File("endless.json");
        File.WriteAllText(path, "{\"info\": \"" + new string('a', 70_000_000));
        FluentActions.Invoking(() => CocoAnnotations.Read(path)).Should().Throw<InvalidDataException>()
            .WithMessage("*endless.json: line 1, position 10: one value of more than 64 MiB.");
    }

    [Fact]
    public void AnyValueThatIsNotNeeded_IsPassedOverWhole()
    {
        string[] leaves = ["1.5", "-2e-7", "true", "null", "NaN", "\"\"", "\"]}\"", "\"[{\\\"\"", "\"\\\\\"", "[]", "{}", "\n[ ]", "{ \n}"];
        var leaf = Gen.Int[0, leaves.Length - 1].Select(i => leaves[i]);
        var list = leaf.Array[0, 4].Select(items => $"[{string.Join(", ", items)}]");
        var map = list.Array[0, 3].Select(items => $"{{{string.Join(",\n ", items.Select((item, i) => $"\"{i}\": {item}"))}}}");
        Gen.OneOf(leaf, list, map, map.Array[0, 3].Select(items => $"[[{string.Join(",", items)}]]")).Sample(value =>
        {
            var read = Read(Good.Replace("[[1, NaN, -3.5e2]]", value, StringComparison.Ordinal));
            return read.Problems.Count == 0 && read.Objects.Count == 2 && read.Objects[0].Area == 12.5;
        }, iter: 500, threads: 1);
    }

    [Fact]
    public void DeepNesting_IsAnErrorAndNoCrash() =>
        FluentActions.Invoking(() => Read("{\"info\": " + new string('[', 100_000))).Should().Throw<InvalidDataException>().WithMessage("*not JSON*");

    [Fact]
    public void DamagedFiles_AreReadOrRefused_AndNothingElse()
    {
        var good = Encoding.UTF8.GetBytes(Good);
        var path = _folder.File("damaged.json");
        var damage = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 3]);
        damage.Array[1, 3].Sample(changes =>
        {
            var bytes = good.ToList();
            foreach (var (at, value, kind) in changes)
            {
                var place = Math.Min(at, bytes.Count - 1);
                switch (kind)
                {
                    case 0: bytes[place] = value; break;
                    case 1: bytes.Insert(place, value); break;
                    case 2 when bytes.Count > 1: bytes.RemoveAt(place); break;
                    case 3 when place > 0: bytes.RemoveRange(place, bytes.Count - place); break;
                }
            }
            File.WriteAllBytes(path, [.. bytes]);
            try
            {
                var read = CocoAnnotations.Read(path);
                return read.Objects.All(item => item.Box.Width >= 0 && item.Box.Height >= 0 && double.IsFinite(item.Box.Area) && item.Area >= 0);
            }
            catch (InvalidDataException e)
            {
                return e.Message.StartsWith(path, StringComparison.Ordinal);
            }
        }, iter: 3000, threads: 1);
    }

    private CocoAnnotations Read(string text) => CocoAnnotations.Read(_folder.Write(text, "instances.json"));
}
