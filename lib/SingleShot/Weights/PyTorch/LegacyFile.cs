using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using static SingleShot.Weights.Tensors.FormatRule;

namespace SingleShot.Weights.PyTorch;

/// <summary>
/// What <c>torch.save</c> wrote before 1.6, and writes still when told: a magic number, a version and the writer's machine, the objects,
/// and the storages' keys, each a pickle; then the storages one after another, each its length in elements and its bytes.
/// </summary>
internal static class LegacyFile
{
    private const long FormatVersion = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is damaged or hostile.</exception>
    public static NamedTensors Read(Stream stream)
    {
        var input = new PickleInput(stream, FormatRule.MaxPickleBytes);
        var world = new TorchPickleResolver();
        var first = Unpickler.Read(input, world);
        Require(
            first is BigInteger magic && magic == Magic,
            $"it is a pickle that torch.save did not write{(first is PickledObject ? $", of what {first} would make; nothing was run" : "")}. "
            + "Save a model's state_dict() with torch.save.");
        Require(Unpickler.Read(input, world) is FormatVersion, $"it is of another version of the format than {FormatVersion}.");
        Require(
            Unpickler.Read(input, world) is PickledDictionary system && system.Find("little_endian") is not false,
            "it was saved on a machine whose bytes are in another order. Save it again on this kind of machine.");
        var state = StateDictionary.Of(Unpickler.Read(input, world), input.Taken);
        var places = Locate(stream, Unpickler.Read(input, world), input.Position, world);
        return state.ReadTensors(storage =>
        {
            stream.Position = places.TryGetValue(storage.Key, out var place)
                ? place
                : throw new InvalidDataException($"storage '{storage.Key}', which its tensors are in, is missing.");
            return TensorBytes.Read(stream, storage.Type, [storage.Count], $"storage '{storage.Key}'");
        });
    }

    /// <summary>Where each storage's bytes begin; all of them are in the file, and nothing comes after them.</summary>
    private static Dictionary<string, long> Locate(Stream stream, object? keys, long position, TorchPickleResolver world)
    {
        Require(keys is PickledList, "its list of storages is damaged.");
        var places = new Dictionary<string, long>();
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var item in ((PickledList)keys!).Items)
        {
            var key = item as string ?? "";
            var storage = world.Storages.GetValueOrDefault(key)
                ?? throw new InvalidDataException($"it lists a storage '{key}' that nothing described.");
            Require(position <= stream.Length - length.Length, $"storage '{key}' is missing: the file is cut short. Fetch it again.");
            stream.Position = position;
            stream.ReadExactly(length);
            position += length.Length;
            Require(
                BinaryPrimitives.ReadInt64LittleEndian(length) == storage.Count,
                $"storage '{key}' has {BinaryPrimitives.ReadInt64LittleEndian(length)} elements, and was described with {storage.Count}.");
            Require(
                storage.Type.BytesOf([storage.Count]) <= stream.Length - position,
                $"storage '{key}' of {storage.Count} elements reaches beyond the file: it is cut short. Fetch it again.");
            Require(places.TryAdd(key, position), $"storage '{key}' is listed twice.");
            position += storage.Count * storage.Type.Size;
        }
        Require(position == stream.Length, $"the last {stream.Length - position} bytes belong to no storage.");
        return places;
    }
}
