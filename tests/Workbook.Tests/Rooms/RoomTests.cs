using AwesomeAssertions;
using SingleShot.Tests.Rooms;
using Workbook.Execution;
using Xunit;

namespace Workbook.Tests.Rooms;

/// <summary>Dependencies point one way.</summary>
public class RoomTests
{
    private static readonly string Program = typeof(CellSession).Assembly.Location;

    [Fact]
    public void NoRoomOfTheWorkbook_LeansOnOneThatLeansOnIt()
    {
        var graph = new RoomGraph(Program, name => name.StartsWith("Workbook.", StringComparison.Ordinal) ? name : "");

        graph.Rooms.Should().Contain(["Workbook.Outputs", "Workbook.Execution", "Workbook.Execution.Running", "Workbook.Commands"]);
        graph.Circles.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Json", "")]
    [InlineData("Outputs", "")]
    [InlineData("Formatting", "Outputs")]
    [InlineData("Notebooks", "Json Outputs")]
    [InlineData("Execution", "Formatting Json Notebooks Outputs")]
    [InlineData("Editing", "Execution")]
    [InlineData("Messaging", "Json")]
    [InlineData("Kernel", "Editing Execution Json Messaging Outputs")]
    [InlineData("Kernelspecs", "Json")]
    [InlineData("Book", "Json Notebooks")]
    public void Room_LeansOnThoseBelowItAlone(string room, string below)
    {
        var graph = new RoomGraph(Program, name => name.Split('.') is ["Workbook", var first, ..] ? first : "");

        graph.LeansOn(room).Should().BeSubsetOf(below.Split(' '));
    }

    [Theory]
    [InlineData("Running", "")]
    [InlineData("Packages", "")]
    [InlineData("References", "Packages")]
    [InlineData("Submissions", "Packages References Running")]
    [InlineData("Directives", "Packages References Submissions")]
    [InlineData("Errors", "Directives References Submissions")]
    public void RoomOfExecution_LeansOnThoseBelowItAlone(string room, string below)
    {
        var graph = new RoomGraph(Program, name => name.Split('.') is ["Workbook", "Execution", var inner] ? inner : "");

        graph.LeansOn(room).Should().BeSubsetOf(below.Split(' '));
    }

    [Theory]
    [InlineData("Pages", "Content Lessons")]
    [InlineData("Lessons", "Content Formulas")]
    [InlineData("Content", "Formulas")]
    [InlineData("Formulas", "")]
    public void RoomOfTheBook_LeansOnThoseBelowItAlone(string room, string below)
    {
        var graph = new RoomGraph(Program, name => name.Split('.') is ["Workbook", "Book", var inner] ? inner : "");

        graph.LeansOn(room).Should().BeSubsetOf(below.Split(' '));
    }
}
