using System.Buffers.Binary;
using System.Text;
using AwesomeAssertions;
using SingleShot.Weights;
using SingleShot.Weights.Tensors;
using Xunit;

namespace SingleShot.Tests.Weights;

public sealed class SafetensorsBadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("singleshot-").FullName;

    private string FilePath => Path.Combine(_folder, "bad.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", 0, "begin with")]
    [InlineData(" {}", 0, "begin with")]
    [InlineData("{", 0, "not valid JSON")]
    [InlineData("{}x", 0, "not valid JSON")]
    [InlineData("{}", 4, "belong to no tensor")]
    [InlineData("""{"a":1}""", 0, "'a'*object")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4]}}""", 4, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":1}}""", 4, "'a'*unknown")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4, "'a'*twice")]
    [InlineData("""{"a":{"dtype":"F8","shape":[4],"data_offsets":[0,4]}}""", 4, "'a'*'F8'")]
    [InlineData("""{"a":{"dtype":8,"shape":[4],"data_offsets":[0,4]}}""", 4, "'a'*not a text")]
    [InlineData("""{"a":{"dtype":"U8","shape":4,"data_offsets":[0,4]}}""", 4, "'a'*shape*not a list")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", 4, "'a'*shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4.5],"data_offsets":[0,4]}}""", 4, "'a'*shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,4]}}""", 4, "'a'*4 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "'a'*bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0,9223372036854775807,2],"data_offsets":[0,0]}}""", 0, "'a'*bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", 4, "'a'*data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0]}}""", 4, "'a'*data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", 4, "'a'*ends at 8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "'a' begins at 2")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "'b' overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "'a'*twice")]
    [InlineData("""{"a":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}""", 4, "'a' is BOOL")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__*object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__*'a'")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "__metadata__*'a' twice")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", 0, "Unicode")]
    public void HeaderThatBreaksARule_IsRefusedByName(string header, int dataLength, string message)
    {
        var json = Encoding.UTF8.GetBytes(header);
        WriteFile(json.Length, [.. json, .. Enumerable.Repeat((byte)7, dataLength)]);
        Refused().WithMessage($"{FilePath}*{message}*");
    }

    [Fact]
    public void HeaderLength_BeyondTheFileOrTheLimit_IsRefused()
    {
        WriteFile(3, "{}"u8);
        Refused().WithMessage("*longer than the file*");
        WriteFile(100_000_001, "{}"u8);
        Refused().WithMessage("*the format allows 100000000*");
        WriteFile(long.MinValue, "{}"u8);
        Refused().WithMessage("*9223372036854775808 bytes long; the format allows*");
        WriteFile(-1, "{}"u8);
        Refused().WithMessage("*the format allows*");
        File.WriteAllBytes(FilePath, new byte[7]);
        Refused().WithMessage("*too short*");
    }

    [Fact]
    public void MillionTensors_AndListsOfMillions_AreRefusedWhereTheyPassTheBounds()
    {
        var names = Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $$"""
            "{{i}}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}
            """)) + "}");
        WriteFile(names.Length, names);
        Refused().WithMessage("*more than 100000 tensors*");
        var sizes = Encoding.UTF8.GetBytes($$$"""{"a":{"shape":[{{{string.Concat(Enumerable.Repeat("1,", 20_000_000))}}}1]}}""");
        WriteFile(sizes.Length, sizes);
        Refused().WithMessage("*'a' has a shape of more than 64 numbers*");
        var depth = Encoding.UTF8.GetBytes("""{"a":""" + new string('[', 10_000_000));
        WriteFile(depth.Length, depth);
        Refused().WithMessage("*'a' is not described by an object*");
    }

    private AwesomeAssertions.Specialized.ExceptionAssertions<WeightFileException> Refused() =>
        FluentActions.Invoking(() => SafetensorsFile.Read(FilePath)).Should().Throw<WeightFileException>();

    private void WriteFile(long headerLength, ReadOnlySpan<byte> rest)
    {
        var bytes = new byte[8 + rest.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, headerLength);
        rest.CopyTo(bytes.AsSpan(8));
        File.WriteAllBytes(FilePath, bytes);
    }
}
