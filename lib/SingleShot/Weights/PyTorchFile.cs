using System.Text;
using SingleShot.Runtime.Files;
using SingleShot.Weights.Archive;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.PyTorch;
using SingleShot.Weights.Tensors;
using static TorchSharp.torch;

namespace SingleShot.Weights;

/// <summary>Reads and writes PyTorch's .pth files, without Python and without running what is in them.</summary>
/// <remarks>
/// A .pth is a pickle, which to Python is a program that may do anything; here it is read by a machine that knows dictionaries, numbers,
/// texts and tensors, and passes over every other name unbuilt (<see cref="NamedTensors.Skipped"/>), as those of the arguments and the
/// scheduler in a checkpoint. Read are the ZIP archives of PyTorch 1.6 and later, TorchScript's too, and the format before it, with
/// tensors of ten element types, strided and over shared storages. Dictionaries in dictionaries give names with dots between:
/// <c>model.head.weight</c>.
/// </remarks>
public static class PyTorchFile
{
    private const string Folder = "archive";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors, to be disposed of by the caller.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">It is damaged, or has no tensors but in objects; the message names the file and what is wrong.</exception>
    public static NamedTensors Read(string path) => WeightFile.Read(path, "PyTorch", Read);

    /// <summary>Writes a file that <c>torch.load(path, weights_only=True)</c> reads as a state_dict, wholly or not at all.</summary>
    /// <param name="path">The file to make or replace; its folder has to be there.</param>
    /// <param name="tensors">The tensors, on any device, contiguous or not; each name once. Each gets a storage of its own.</param>
    /// <exception cref="ArgumentException">A name is there twice, the format has no such element type, or the file would pass 4 GB.</exception>
    /// <exception cref="IOException">It cannot be written, for instance for want of space; a file that was there is as it was.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        NamedTensors.RequireUnique(tensors);
        var pickle = Describe(tensors);
        AtomicFile.Write(path, stream =>
        {
            var archive = new ZipWriter(stream);
            archive.Add($"{Folder}/data.pkl", pickle);
            archive.Add($"{Folder}/byteorder", "little"u8.ToArray());
            for (var i = 0; i < tensors.Count; i++)
            {
                using var scope = NewDisposeScope();
                var value = tensors[i].Value.detach().cpu().contiguous();
                archive.Add($"{Folder}/data/{i}", value.NumberOfElements * value.ElementSize, visit => TensorBytes.ForEachPiece(value, visit));
            }
            archive.Add($"{Folder}/version", Encoding.ASCII.GetBytes("3\n"));
            archive.Finish();
        });
    }

    internal static NamedTensors Read(Stream stream)
    {
        var first = stream.ReadByte();
        stream.Position = 0;
        return first == 'P' ? TorchArchive.Read(stream) : LegacyFile.Read(stream);
    }

    /// <summary>The pickle: an ordered dictionary of calls that put each tensor over its storage.</summary>
    private static byte[] Describe(IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        var pickle = new PickleWriter();
        OrderedDictionary().Do(Opcode.Mark);
        for (var i = 0; i < tensors.Count; i++)
        {
            var (name, value) = tensors[i];
            pickle.Text(name).Global("torch._utils", "_rebuild_tensor_v2").Do(Opcode.Mark)
                .Do(Opcode.Mark).Text("storage").Global("torch", ElementType.Of(name, value).TorchStorage)
                .Text($"{i}").Text("cpu").Number(value.NumberOfElements).Do(Opcode.Tuple).Do(Opcode.BinPersId)
                .Number(0).Numbers(value.shape).Numbers(RowMajor(value.shape)).Do(Opcode.NewFalse);
            OrderedDictionary().Do(Opcode.Tuple).Do(Opcode.Reduce);
        }
        return pickle.Do(Opcode.SetItems).Finish();

        PickleWriter OrderedDictionary() => pickle.Global("collections", "OrderedDict").Do(Opcode.EmptyTuple).Do(Opcode.Reduce);
    }

    private static long[] RowMajor(long[] shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(shape[i], 1);
        }
        return strides;
    }
}
