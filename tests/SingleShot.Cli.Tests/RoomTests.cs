using AwesomeAssertions;
using SingleShot.Tests.Rooms;
using Xunit;

namespace SingleShot.Cli.Tests;

/// <summary>Dependencies point one way.</summary>
public class RoomTests
{
    [Theory]
    [InlineData("Models", "")]
    [InlineData("Training", "Models")]
    [InlineData("Detecting", "Models")]
    [InlineData("Evaluation", "Models")]
    [InlineData("Commands", "Detecting Evaluation Models Training Video")]
    [InlineData("Video", "Detecting Models")]
    public void Room_LeansOnThoseBelowItAlone(string room, string below)
    {
        var graph = new RoomGraph(typeof(CommandLine).Assembly.Location, name => name.Split('.') is ["SingleShot", "Cli", var first, ..] ? first : "");

        graph.Rooms.Should().Contain(["Commands", "Detecting"]);
        graph.LeansOn(room).Should().BeSubsetOf(below.Split(' '));
    }
}
