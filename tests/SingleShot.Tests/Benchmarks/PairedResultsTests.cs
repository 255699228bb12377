using AwesomeAssertions;
using SingleShot.Benchmarks.Paired;
using Xunit;

namespace SingleShot.Tests.Benchmarks;

public class PairedResultsTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(PairedResults.Folder, "*.json").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void FiguresOfThePageOnSpeed_AreTheLatestOnes(string file) =>
        Lines("docs/speed.md").Should().ContainInConsecutiveOrder(PairedResults.Read(Path.Combine(PairedResults.Folder, file)).Table());

    [Fact]
    public void FiguresOfReadme_AreRowsOfTheTableBesideTorchvision()
    {
        var table = PairedResults.Read(Path.Combine(PairedResults.Folder, "torchvision.json")).Table().ToList();

        var readme = Lines("README.md").SkipWhile(line => line != table[0]).TakeWhile(line => line.StartsWith('|'));

        readme.Should().HaveCountGreaterThan(2, "the head and its rule are the first two").And.BeSubsetOf(table);
    }

    [Fact]
    public void Table_HasMedians_AndTheRatiosOfTheRounds()
    {
        var results = new PairedResults("2026-01-31", "0123456789", "a machine", ["here", "there"], [new("work", [[1, 2, 4], [6, 8, 8]]), new("more", [[1000], [1234]])]);

        results.Table().Should().Equal(
            "| what | here | there | times as fast as there |",
            "|---|---:|---:|---:|",
            "| work | 2.0 ms | 8.0 ms | 4.00 (2.00 to 6.00) |",
            "| more | 1,000 ms | 1,234 ms | 1.23 (1.23 to 1.23) |");
    }

    [Fact]
    public void Programs_TakeTurns_AndTheirSecondsBecomeMilliseconds()
    {
        var turns = new List<string>();
        IReadOnlyDictionary<string, double> Turn(string name, double seconds)
        {
            turns.Add(name);
            return new Dictionary<string, double> { ["work"] = seconds * turns.Count };
        }

        var results = PairedResults.Measure(2, ("a", () => Turn("a", 0.001)), ("b", () => Turn("b", 0.01)));

        turns.Should().Equal("a", "b", "a", "b");
        results.Work.Should().ContainSingle().Which.Milliseconds.Should().BeEquivalentTo(new double[][] { [1, 3], [20, 40] });
    }

    private static string[] Lines(string page) => File.ReadAllLines(Path.Combine(Repository.Root, page));
}
