using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using AwesomeAssertions;
using SingleShot.Data.Coco;
using SingleShot.Evaluation.Coco;
using Xunit;

namespace SingleShot.Tests.Evaluation.Coco.Pycocotools;

/// <summary>Holds the evaluation of two COCO files to what pycocotools makes of them; make-coco-scores.py wrote all three.</summary>
public sealed class PycocotoolsAgreementTests : IDisposable
{
    private const double Tolerance = 1e-12;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Evaluation", "Coco", "Pycocotools");

    private readonly TemporaryFolder _folder = new();
    private readonly CocoAnnotations _annotations = CocoAnnotations.Read(Path.Combine(Folder, "instances.json"));
    private readonly CocoResults _results;
    private readonly JsonElement _judge = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "scores.json"))).RootElement;

    public PycocotoolsAgreementTests() => _results = CocoResults.Read(Path.Combine(Folder, "results.json"), _annotations);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheTwelveNumbers_AreThoseOfPycocotools()
    {
        _annotations.Problems.Should().BeEmpty();
        _results.Problems.Should().BeEmpty();
        var twelve = _judge.GetProperty("twelve").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        CocoEvaluation.Evaluate(_annotations, _results).Stats.Should().BeApproximately(twelve, Tolerance);
    }

    [Fact]
    public void PrecisionAndRecall_AreThoseOfPycocotoolsEverywhere()
    {
        var scores = CocoEvaluation.Evaluate(_annotations, _results);
        var (precision, recall) = (Unpack("precision"), Unpack("recall"));
        var classes = _annotations.Categories.Count;
        (precision.Length, recall.Length).Should().Be((10 * 101 * classes * 4 * 3, 10 * classes * 4 * 3));
        var (largest, known) = (0.0, 0);
        for (var t = 0; t < 10; t++)
        {
            for (var k = 0; k < classes; k++)
            {
                for (var a = 0; a < 4; a++)
                {
                    for (var m = 0; m < 3; m++)
                    {
                        Compare(scores.Recall(t, k, (CocoArea)a, m), recall[((t * classes + k) * 4 + a) * 3 + m]);
                        for (var r = 0; r < 101; r++)
                        {
                            Compare(scores.Precision(t, k, (CocoArea)a, m)[r], precision[(((t * 101 + r) * classes + k) * 4 + a) * 3 + m]);
                        }
                    }
                }
            }
        }
        largest.Should().BeLessThanOrEqualTo(Tolerance);
        known.Should().BeGreaterThan(precision.Length / 2, "most of the fixture has something to compare");

        void Compare(double ours, double theirs)
        {
            double.IsNaN(ours).Should().Be(theirs == -1);
            (largest, known) = theirs == -1 ? (largest, known) : (Math.Max(largest, Math.Abs(ours - theirs)), known + 1);
        }
    }

    [Fact]
    public void ThePlainAlgorithm_AgreesWithBoth()
    {
        var plain = PlainCocoInput.Evaluate(_annotations, _results);
        PlainCocoInput.LargestDifference(CocoEvaluation.Evaluate(_annotations, _results), plain).Should().BeLessThanOrEqualTo(Tolerance);
        plain.Stats().Should().BeApproximately([.. _judge.GetProperty("twelve").EnumerateArray().Select(value => value.GetDouble())], Tolerance);
    }

    [Fact]
    public void ResultsWrittenAndReadAgain_ScoreTheSameToTheLastBit()
    {
        var path = _folder.File("results.json");
        _results.Write(path);
        var again = CocoResults.Read(path, _annotations);
        again.Items.Should().Equal(_results.Items);
        CocoEvaluation.Evaluate(_annotations, again).Stats.Should().Equal(CocoEvaluation.Evaluate(_annotations, _results).Stats);
    }

    private double[] Unpack(string name)
    {
        using var packed = new MemoryStream(_judge.GetProperty(name).GetBytesFromBase64());
        using var inflated = new ZLibStream(packed, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        inflated.CopyTo(bytes);
        return MemoryMarshal.Cast<byte, double>(bytes.ToArray()).ToArray();
    }
}
