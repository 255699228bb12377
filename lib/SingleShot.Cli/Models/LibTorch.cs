using SingleShot.Runtime;
using TorchSharp;

namespace SingleShot.Cli.Models;

/// <summary>libtorch, which a tool of fifty megabytes does not bring.</summary>
internal static class LibTorch
{
    /// <summary>Sees to it that libtorch is there.</summary>
    /// <param name="device">cpu, cuda, cuda:N or best.</param>
    /// <param name="process">This process's number among those of its machine, from 0: each takes another GPU.</param>
    /// <returns>The device, and the run-time in a line.</returns>
    /// <exception cref="UsageException">There is none; the message says where it was looked for, and how to name one.</exception>
    public static (torch.Device Device, string Description) Require(string device, int process = 0)
    {
        try
        {
            TorchRuntime.Describe(); // before the first tensor: the error then is the library's own
            var chosen = ComputeDevice.Parse(device, process);
            return (chosen, TorchRuntime.Describe(chosen));
        }
        catch (Exception e) when ((e as TypeInitializationException)?.GetBaseException() is DllNotFoundException || e is DllNotFoundException)
        {
            throw new UsageException(
                "This needs libtorch, half a gigabyte that does not come with the tool. Set LIBTORCH to the lib folder of an installed PyTorch 2.10, or to "
                + "runtimes/PLATFORM/native of the package libtorch-cpu-PLATFORM 2.10.0. Without it this program detects with ONNX models, evaluates them, and examines data. "
                + e.GetBaseException().Message);
        }
    }
}
