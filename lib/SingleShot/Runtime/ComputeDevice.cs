using System.Globalization;
using TorchSharp;

namespace SingleShot.Runtime;

/// <summary>The device that computes: a CUDA GPU where the libtorch at hand has one, else the CPU.</summary>
public static class ComputeDevice
{
    /// <summary>The first CUDA GPU if this libtorch can use one, else the CPU.</summary>
    /// <returns>A device to pass to modules and tensors.</returns>
    public static torch.Device Best() => torch.cuda.is_available() ? torch.CUDA : torch.CPU;

    /// <summary>Reads a device from its name, as a notebook's parameter gives it.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, or <c>best</c> for <see cref="Best"/>.</param>
    /// <param name="process">
    /// This process's number among those of its machine, from 0: <c>best</c> and <c>cuda</c> give each of them another GPU, in turn.
    /// </param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">The name is none of these, or names a GPU that this libtorch cannot use.</exception>
    public static torch.Device Parse(string name, int process = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(process);
        var parts = name.ToLowerInvariant().Split(':');
        var index = process % Math.Max(1, torch.cuda.device_count());
        var wellFormed = parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index));
        return (wellFormed, parts[0]) switch
        {
            (true, "best") => torch.cuda.is_available() ? torch.device(DeviceType.CUDA, index) : torch.CPU,
            (true, "cpu") => torch.CPU,
            (true, "cuda") when index < torch.cuda.device_count() => torch.device(DeviceType.CUDA, index),
            (true, "cuda") => throw new ArgumentException(
                $"Device '{name}' asked for, but this libtorch sees {torch.cuda.device_count()} CUDA GPUs. Build with -p:Torch=cuda, or use 'cpu'.", nameof(name)),
            _ => throw new ArgumentException($"Device '{name}' is none of cpu, cuda, cuda:N and best.", nameof(name)),
        };
    }

    internal static string Describe(torch.Device device) =>
        device.type == DeviceType.CUDA ? $"cuda:{Math.Max(device.index, 0)}" : device.type.ToString().ToLowerInvariant();

    internal static string Precision(torch.Device device) =>
        device.type == DeviceType.CUDA && torch.backends.cuda.matmul.allow_tf32 ? "float32 by TF32" : "float32";
}
