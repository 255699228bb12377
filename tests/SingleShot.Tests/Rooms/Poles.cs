#pragma warning disable IDE0130 // two rooms that lean on each other, for the test that finds such
namespace SingleShot.Tests.Rooms.North
{
    internal sealed record Pole(South.Pole? Other);
}

namespace SingleShot.Tests.Rooms.South
{
    internal sealed record Pole(North.Pole? Other);
}
