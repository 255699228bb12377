using AwesomeAssertions;
using SingleShot.Runtime;
using TorchSharp;
using Xunit;

namespace SingleShot.Tests.Runtime;

public class ComputeDeviceTests
{
    [Theory]
    [InlineData("cpu")]
    [InlineData("CPU")]
    public void Cpu_InAnyCase_IsTheCpu(string name) => ComputeDevice.Parse(name).type.Should().Be(DeviceType.CPU);

    [Fact]
    public void Best_IsBest() => ComputeDevice.Parse("best").type.Should().Be(ComputeDevice.Best().type);

    [Theory]
    [InlineData("cpu")]
    [InlineData("best")]
    public void ProcessOfAMachine_HasADeviceOfTheSameKind_WhateverItsNumber(string name) =>
        ComputeDevice.Parse(name, process: 1000).type.Should().Be(ComputeDevice.Parse(name).type);

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("cuda:0:1")]
    public void NameOfNoDevice_ThrowsWithTheName(string name) =>
        FluentActions.Invoking(() => ComputeDevice.Parse(name)).Should().Throw<ArgumentException>().WithMessage($"Device '{name}'*");

    [Fact]
    public void GpuThatIsNotThere_ThrowsWithWhatToDo() =>
        FluentActions.Invoking(() => ComputeDevice.Parse("cuda:999")).Should().Throw<ArgumentException>().WithMessage("*-p:Torch=cuda*");

    [Fact]
    public void Null_Throws() => FluentActions.Invoking(() => ComputeDevice.Parse(null!)).Should().Throw<ArgumentNullException>();
}
