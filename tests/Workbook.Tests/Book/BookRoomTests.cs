using AwesomeAssertions;
using SingleShot.Tests.Rooms;
using Workbook.Book;
using Xunit;

namespace Workbook.Tests.Book;

/// <summary>The rooms of the book lean one way: pages on lessons, lessons on content, content on formulas.</summary>
public sealed class BookRoomTests
{
    [Theory]
    [InlineData("Workbook.Book", "Pages Lessons Content Formulas")]
    [InlineData("Workbook.Book.Pages", "Lessons")]
    [InlineData("Workbook.Book.Lessons", "Content Formulas")]
    [InlineData("Workbook.Book.Content", "Formulas")]
    [InlineData("Workbook.Book.Formulas", "")]
    public void Room_LeansOnThoseBelowItAlone(string room, string below)
    {
        var graph = new RoomGraph(typeof(BookWriter).Assembly.Location, name => name.StartsWith("Workbook.Book", StringComparison.Ordinal) ? name : "");

        graph.LeansOn(room).Should().BeEquivalentTo(below.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => "Workbook.Book." + name));
        graph.Circles.Should().BeEmpty();
    }
}
