using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Runtime;

/// <summary>Tensor arithmetic with numbers that stay alive while libtorch reads them.</summary>
/// <remarks>
/// TorchSharp gives libtorch a number as an object of its own, a <see cref="Scalar"/>, and does not hold that object while libtorch
/// reads it. One that was made on the way, as in <c>boxes / 2</c>, can be freed by a garbage collection at that moment; then the
/// operation fails ("Unknown scalar type"), computes with another number, or ends the process. It is rare, and in a long training
/// beside busy loading threads it comes. TorchSharp makes such numbers by itself too: <c>a + b</c> makes a factor of 1 for b,
/// <c>ToDouble</c> reads through one, its batch normalization and its optimizers make them at each step.
/// So this library makes its numbers here and nowhere else, which a test sees to.
/// </remarks>
public static class ScalarArithmetic
{
    private static readonly Scalar One = 1;

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.add(b, One);
    }

    /// <summary>a + factor * b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b, double factor)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = factor;
        return a.add(b, held);
    }

    /// <summary>a + number; whole numbers stay whole.</summary>
    public static Tensor Plus(this Tensor a, long number)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = number;
        return a.add(held, One);
    }

    /// <summary>Adds b to a itself.</summary>
    public static Tensor PlusInPlace(this Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.add_(b, One);
    }

    /// <summary>Adds factor * b to a itself.</summary>
    public static Tensor PlusInPlace(this Tensor a, Tensor b, double factor)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = factor;
        return a.add_(b, held);
    }

    /// <summary>Adds a number to a itself.</summary>
    public static Tensor PlusInPlace(this Tensor a, long number)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = number;
        return a.add_(held, One);
    }

    /// <summary>a * factor.</summary>
    public static Tensor Times(this Tensor a, double factor)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = factor;
        return a.mul(held);
    }

    /// <summary>Multiplies a itself.</summary>
    public static Tensor TimesInPlace(this Tensor a, double factor)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = factor;
        return a.mul_(held);
    }

    /// <summary>a / divisor, the true quotient.</summary>
    public static Tensor Over(this Tensor a, double divisor)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = divisor;
        return a.div(held);
    }

    /// <summary>Where a &gt; bound.</summary>
    public static Tensor Above(this Tensor a, double bound)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = bound;
        return a.gt(held);
    }

    /// <summary>Where a &gt; bound; whole numbers are compared as such.</summary>
    public static Tensor Above(this Tensor a, long bound)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = bound;
        return a.gt(held);
    }

    /// <summary>Where a &gt;= bound.</summary>
    public static Tensor AtLeast(this Tensor a, double bound)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = bound;
        return a.ge(held);
    }

    /// <summary>Where a &lt;= bound.</summary>
    public static Tensor AtMost(this Tensor a, double bound)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = bound;
        return a.le(held);
    }

    /// <summary>Where a &lt; bound; whole numbers are compared as such.</summary>
    public static Tensor Below(this Tensor a, long bound)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = bound;
        return a.lt(held);
    }

    /// <summary>a, held within two bounds.</summary>
    public static Tensor Clamp(this Tensor a, double least, double most)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar heldMin = least;
        using Scalar heldMax = most;
        return a.clamp(heldMin, heldMax);
    }

    /// <summary>a, or the bound where a is below it.</summary>
    public static Tensor ClampMin(this Tensor a, long least)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = least;
        return a.clamp_min(held);
    }

    /// <summary>a, or the bound where a is above it.</summary>
    public static Tensor ClampMax(this Tensor a, double most)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = most;
        return a.clamp_max(held);
    }

    /// <summary>a, or the value where the mask is true.</summary>
    public static Tensor MaskedFill(this Tensor a, Tensor mask, double value)
    {
        ArgumentNullException.ThrowIfNull(a);
        using Scalar held = value;
        return a.masked_fill(mask, held);
    }

    /// <summary>The whole numbers from one to before another.</summary>
    /// <returns>int64 [end - start].</returns>
    public static Tensor Range(long start, long end, Device device)
    {
        using Scalar heldStart = start;
        using Scalar heldEnd = end;
        return arange(heldStart, heldEnd, One, device: device);
    }

    /// <summary>The same value many times.</summary>
    /// <returns>[length], of the default floating-point type.</returns>
    public static Tensor Full(long length, double value)
    {
        using Scalar held = value;
        return full(length, held);
    }

    /// <summary>The number of a tensor that holds one, of the tensor's own type; on a GPU this waits for it.</summary>
    public static T Number<T>(this Tensor one) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(one);
        using var here = one.cpu();
        var number = here.data<T>()[0];
        GC.KeepAlive(one);
        return number;
    }
}
