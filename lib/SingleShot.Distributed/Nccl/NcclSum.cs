using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SingleShot.Distributed.Communication;
using SingleShot.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Distributed.Nccl;

/// <summary>Adds up tensors between NVIDIA's GPUs, without the way through the hosts' memory. NCCL is loaded by the first object of this type, and nowhere else.</summary>
/// <remarks>
/// <b>It has not been seen to run</b>: no GPU was at hand where it was written. <see cref="Training.HostSum"/> is what <see cref="Training.DataParallelTrainer"/>
/// takes by itself. NCCL's own waits have no end, but a process that fails before it has its gradients is noticed before NCCL is called.
/// </remarks>
public sealed unsafe class NcclSum : ITensorSum, IDisposable
{
    private const int Float32 = 7; // nccl.h: ncclFloat32, ncclFloat64, ncclSum
    private const int Float64 = 8;
    private const int Addition = 0;

    private static readonly string[] Libraries = ["libnccl.so.2", "libnccl.so"];
    private static readonly string[] CudaRuntimes = ["libcudart.so.13", "libcudart.so.12", "libcudart.so"];

    private readonly delegate* unmanaged<nint, nint, nuint, int, int, nint, nint, int> _allReduce;
    private readonly delegate* unmanaged<nint, int> _destroy;
    private readonly delegate* unmanaged<int, nint> _errorText;
    private nint _ring;

    /// <summary>Connects the GPUs of all processes.</summary>
    /// <param name="communicator">The processes, which all make one of these.</param>
    /// <param name="device">This process's GPU; each of a machine has its own.</param>
    /// <exception cref="ArgumentException">The device is no GPU.</exception>
    /// <exception cref="DllNotFoundException">NCCL or CUDA is missing.</exception>
    /// <exception cref="InvalidOperationException">NCCL refuses; the message has its reason.</exception>
    public NcclSum(ICommunicator communicator, Device device)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(device);
        if (device.type != DeviceType.CUDA)
        {
            throw new ArgumentException($"NCCL adds up on NVIDIA's GPUs, not on {device}. Without one, leave it out: the sums are then made in the hosts' memory.", nameof(device));
        }
        var (nccl, cuda) = (Load(Libraries), Load(CudaRuntimes));
        nint Address(string name) => NativeLibrary.GetExport(nccl, name);
        _allReduce = (delegate* unmanaged<nint, nint, nuint, int, int, nint, nint, int>)Address("ncclAllReduce");
        _destroy = (delegate* unmanaged<nint, int>)Address("ncclCommDestroy");
        _errorText = (delegate* unmanaged<int, nint>)Address("ncclGetErrorString");
        ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(cuda, "cudaSetDevice"))(Math.Max(0, device.index));
        Name name = default;
        if (communicator.Rank == 0)
        {
            Check(((delegate* unmanaged<Name*, int>)Address("ncclGetUniqueId"))(&name));
        }
        communicator.Broadcast(MemoryMarshal.AsBytes(new Span<Name>(ref name)));
        nint ring;
        Check(((delegate* unmanaged<nint*, int, Name, int, int>)Address("ncclCommInitRank"))(&ring, communicator.Size, name, communicator.Rank));
        (_ring, Processes) = (ring, communicator.Size);
    }

    /// <inheritdoc/>
    public int Processes { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The tensor is not on a GPU, does not lie in one piece from its storage's start, or is not of float32 or float64.</exception>
    public void Sum(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.device_type != DeviceType.CUDA || !tensor.is_contiguous() || tensor.storage_offset() != 0)
        {
            throw new ArgumentException($"NCCL adds up whole tensors of a GPU, not one on {tensor.device} that begins at {tensor.storage_offset()}.", nameof(tensor));
        }
        var (data, type) = tensor.dtype switch
        {
            ScalarType.Float32 => (tensor.storage<float>().data_ptr(), Float32),
            ScalarType.Float64 => (tensor.storage<double>().data_ptr(), Float64),
            _ => throw new ArgumentException($"Tensors of {tensor.dtype} are not added up over processes: train with weights of float32 or float64.", nameof(tensor)),
        };
        Check(_allReduce(data, data, (nuint)tensor.NumberOfElements, type, Addition, _ring, 0)); // in the stream in which libtorch computes
        GC.KeepAlive(tensor);
    }

    /// <summary>Disconnects the GPU.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ring, 0) is not 0 and var ring)
        {
            _ = _destroy(ring);
        }
    }

    private static nint Load(string[] names) => names.Select(name => NativeLibrary.TryLoad(name, out var handle) ? handle : 0).FirstOrDefault(handle => handle != 0) is not 0 and var found
        ? found
        : throw new DllNotFoundException($"None of {string.Join(", ", names)} can be loaded. They come with CUDA, and with the libtorch that is made for it: let LD_LIBRARY_PATH name their folder.");

    private void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"NCCL failed: {Marshal.PtrToStringUTF8(_errorText(result))}. NCCL_DEBUG=INFO lets it say more.");
        }
    }

    /// <summary>ncclUniqueId, which is passed by value.</summary>
    [InlineArray(128)]
    private struct Name
    {
        private byte _first;
    }
}
