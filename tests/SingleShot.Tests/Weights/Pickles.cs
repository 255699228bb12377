using System.Buffers.Binary;
using System.Text;
using SingleShot.Weights.Archive;
using SingleShot.Weights.Pickle;

namespace SingleShot.Tests.Weights;

/// <summary>Files as torch.save would make them of pickles that it would not write.</summary>
internal static class Pickles
{
    /// <summary>1 and 2 as float32.</summary>
    public static byte[] PairBytes => [0, 0, 128, 63, 0, 0, 0, 64];

    /// <summary>A pickle: what is written between its first instruction and its last.</summary>
    public static byte[] Of(Action<PickleWriter> write)
    {
        var pickle = new PickleWriter();
        write(pickle);
        return pickle.Finish();
    }

    /// <summary>A pickle of instructions given as bytes.</summary>
    public static byte[] Raw(params byte[] instructions) => [0x80, 2, .. instructions, (byte)'.'];

    /// <summary>A dictionary with one tensor "a" over the storage "0".</summary>
    public static byte[] Tensor(
        string storage = "FloatStorage", long count = 6, long offset = 0, long[]? sizes = null, long[]? strides = null, string key = "0") => Of(pickle => pickle
        .Do(Opcode.EmptyDict).Text("a").Tensor(storage, count, offset, sizes ?? [2, 3], strides ?? [3, 1], key).Do(Opcode.SetItem));

    /// <summary>The instructions that make a tensor.</summary>
    public static PickleWriter Tensor(
        this PickleWriter pickle, string storage, long count, long offset, long[] sizes, long[] strides, string key, Action<PickleWriter>? view = null)
    {
        pickle.Global("torch._utils", "_rebuild_tensor_v2").Do(Opcode.Mark)
            .Do(Opcode.Mark).Text("storage").Global("torch", storage).Text(key).Text("cpu").Number(count);
        view?.Invoke(pickle);
        return pickle.Do(Opcode.Tuple).Do(Opcode.BinPersId).Number(offset).Numbers(sizes).Numbers(strides).Do(Opcode.NewFalse).Do(Opcode.None)
            .Do(Opcode.Tuple).Do(Opcode.Reduce);
    }

    /// <summary>The instructions that make the tensor [1, 2] over the storage "0", which is <see cref="PairBytes"/>.</summary>
    public static PickleWriter Pair(this PickleWriter pickle) => pickle.Tensor("FloatStorage", 2, 0, [2], [1], "0");

    /// <summary>The instructions that make a module of TorchScript, with the attributes that are written.</summary>
    public static PickleWriter Module(this PickleWriter pickle, string module, string name, Action<PickleWriter> attributes)
    {
        pickle.Global(module, name).Do(Opcode.EmptyTuple).Do(Opcode.NewObj).Do(Opcode.EmptyDict).Do(Opcode.Mark);
        attributes(pickle);
        return pickle.Do(Opcode.SetItems).Do(Opcode.Build);
    }

    /// <summary>The instruction that recalls what was kept.</summary>
    public static PickleWriter Recall(this PickleWriter pickle, byte index) => pickle.Raw((byte)Opcode.BinGet).Raw(index);

    /// <summary>What is left to an instruction that takes lines of text.</summary>
    public static PickleWriter Lines(this PickleWriter pickle, params string[] lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n"))).Aggregate(pickle, (written, next) => written.Raw(next));

    /// <summary>An archive of a pickle and storages "0", "1" and so on.</summary>
    public static byte[] Archive(byte[] pickle, params byte[][] storages)
    {
        using var stream = new MemoryStream();
        var archive = new ZipWriter(stream);
        archive.Add("archive/data.pkl", pickle);
        for (var i = 0; i < storages.Length; i++)
        {
            archive.Add($"archive/data/{i}", storages[i]);
        }
        archive.Finish();
        return stream.ToArray();
    }

    /// <summary>A file of the older format: a pickle and storages, each with its key, its length in elements and its bytes.</summary>
    public static byte[] Legacy(byte[] pickle, params (string Key, long Count, byte[] Bytes)[] storages)
    {
        var keys = Of(writer =>
        {
            writer.Do(Opcode.EmptyList).Do(Opcode.Mark);
            foreach (var (key, _, _) in storages)
            {
                writer.Text(key);
            }
            writer.Do(Opcode.Appends);
        });
        byte[] magic = Raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);
        byte[] system = Of(writer => writer.Do(Opcode.EmptyDict).Text("little_endian").Do(Opcode.NewTrue).Do(Opcode.SetItem));
        return [.. magic, .. Of(writer => writer.Number(1001)), .. system, .. pickle, .. keys, .. storages.SelectMany(storage =>
        {
            var length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, storage.Count);
            return length.Concat(storage.Bytes);
        })];
    }

    /// <summary>The instructions of protocol 0 for a text that names a global.</summary>
    public static byte[] Line(char opcode, string text) => [(byte)opcode, .. Encoding.UTF8.GetBytes(text), (byte)'\n'];
}
