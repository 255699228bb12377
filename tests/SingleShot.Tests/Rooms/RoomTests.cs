using AwesomeAssertions;
using SingleShot.Distributed.Communication;
using SingleShot.Figures;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Onnx;
using Xunit;

namespace SingleShot.Tests.Rooms;

/// <summary>Dependencies point one way.</summary>
public class RoomTests
{
    private static readonly string[] Library = [typeof(SsdSpecification).Assembly.Location, typeof(SsdNetwork).Assembly.Location];

    [Fact]
    public void NoRoomOfTheLibrary_LeansOnOneThatLeansOnIt()
    {
        var graph = new RoomGraph(Library, name => name);

        graph.Rooms.Should().Contain(["SingleShot.Models", "SingleShot.Data.Coco", "SingleShot.Evaluation.Coco", "SingleShot.Weights.PyTorch"]);
        graph.Circles.Should().BeEmpty();
    }

    [Fact]
    public void NoRoomOfTheFigures_LeansOnOneThatLeansOnIt()
    {
        var graph = new RoomGraph(typeof(Pictures).Assembly.Location, name => name);

        graph.Rooms.Should().Contain(["SingleShot.Figures", "SingleShot.Figures.Drawing", "SingleShot.Figures.Plotting", "SingleShot.Figures.Explorers.Evaluation"]);
        graph.Circles.Should().BeEmpty();
        graph.LeansOn("SingleShot.Figures.Drawing").Should().BeEmpty();
    }

    [Fact]
    public void NoRoomOfOnnx_LeansOnOneThatLeansOnIt()
    {
        var graph = new RoomGraph(typeof(OnnxExport).Assembly.Location, name => name);

        graph.Rooms.Should().Contain(["SingleShot.Onnx", "SingleShot.Onnx.Graphs", "SingleShot.Onnx.Format"]);
        graph.Circles.Should().BeEmpty();
    }

    [Fact]
    public void NoRoomOfTheProcesses_LeansOnOneThatLeansOnIt()
    {
        var graph = new RoomGraph(typeof(ICommunicator).Assembly.Location, name => name);

        graph.Rooms.Should().Contain(["SingleShot.Distributed", "SingleShot.Distributed.Mpi", "SingleShot.Distributed.Communication", "SingleShot.Distributed.Training"]);
        graph.Circles.Should().BeEmpty();
        graph.LeansOn("SingleShot.Distributed.Training").Should().NotContain("SingleShot.Distributed.Mpi", "training knows processes, and not what carries them");
    }

    [Theory]
    [InlineData("Boxes", "Runtime")]
    [InlineData("Models", "Boxes Runtime")]
    [InlineData("Losses", "Boxes Models Runtime")]
    [InlineData("Data", "Boxes Images Models Runtime")]
    public void Room_LeansOnThoseBelowItAlone(string room, string below)
    {
        var graph = new RoomGraph(Library, name => name.Split('.') is ["SingleShot", var first, ..] ? first : "");

        graph.LeansOn(room).Should().BeSubsetOf(below.Split(' '));
    }

    [Fact]
    public void CircleOfRooms_IsFound() => new RoomGraph(typeof(RoomTests).Assembly.Location, name => name).Circles.Should()
        .Contain(["SingleShot.Tests.Rooms.North -> SingleShot.Tests.Rooms.South", "SingleShot.Tests.Rooms.South -> SingleShot.Tests.Rooms.North"]);
}
