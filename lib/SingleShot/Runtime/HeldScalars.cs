using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Runtime;

/// <summary>Numbers for tensor arithmetic that stay alive.</summary>
/// <remarks>
/// TorchSharp gives libtorch a number as an object of its own and does not hold that object while libtorch reads it. One that a
/// conversion made on the way, as in <c>boxes / 2</c>, can be freed by a garbage collection at that moment; then the operation fails
/// ("Unknown scalar type"). It is rare, and in a long training beside busy loading threads it comes. So the
/// numbers of a training step and of a detection are these, or locals with <c>using</c>; two tensors are added by
/// <see cref="Plus"/>, for <c>a + b</c> makes a factor of 1 for b; and a number is read by <see cref="Number"/>, for <c>item</c> would
/// end the process.
/// </remarks>
internal static class HeldScalars
{
    public static readonly Scalar Zero = 0;
    public static readonly Scalar One = 1;
    public static readonly Scalar MinusOne = -1;
    public static readonly Scalar Two = 2;

    /// <summary>The sum of two tensors.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>The number of a tensor that holds one, of the tensor's own type; on a GPU this waits for it.</summary>
    public static T Number<T>(this Tensor one) where T : unmanaged
    {
        using var here = one.cpu();
        return here.data<T>()[0];
    }
}
