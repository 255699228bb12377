using static TorchSharp.torch;

namespace SingleShot.Runtime;

/// <summary>Whether tensors hold finite numbers only, neither NaN nor an infinity.</summary>
internal static class Finiteness
{
    /// <summary>Whether every number of a tensor is finite; one without numbers, or of whole numbers, always is. On a GPU this waits for it.</summary>
    public static bool IsFinite(this Tensor value) => AreFinite(value);

    /// <summary>Whether every number of several tensors is finite: a reduction over each, and one wait.</summary>
    public static bool AreFinite(params Tensor[] values)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var flags = values.Where(CanFail).Select(Flag).ToArray();
        return flags.Length == 0 || stack(flags).all().Number<bool>();
    }

    /// <summary>Which of some tensors are not finite, by their names: a reduction over each, and one wait.</summary>
    public static IReadOnlyList<(string Name, Tensor Value)> NotFinite(IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var looked = tensors.Where(entry => CanFail(entry.Value)).ToList();
        if (looked.Count == 0)
        {
            return [];
        }
        var flags = stack([.. looked.Select(entry => Flag(entry.Value))]).cpu().data<bool>();
        return [.. looked.Where((_, i) => !flags[i])];
    }

    /// <summary>How many numbers of a tensor are not finite.</summary>
    public static long CountNotFinite(Tensor value)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        return CanFail(value) ? value.NumberOfElements - value.isfinite().sum().Number<long>() : 0;
    }

    /// <summary>The first item along the first axis, such as the picture of a batch, that is not finite; null where all are.</summary>
    public static int? FirstNotFinite(params Tensor[] values)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < values[0].shape[0]; i++)
        {
            if (!AreFinite([.. values.Select(value => value[i])]))
            {
                return i;
            }
        }
        return null;
    }

    // NaN wins both the least and the most, and an infinity one of them; unlike in a sum, large numbers make none.
    private static Tensor Flag(Tensor value)
    {
        var (least, most) = value.detach().aminmax();
        return least.isfinite().logical_and(most.isfinite());
    }

    private static bool CanFail(Tensor value) => value.is_floating_point() && value.NumberOfElements > 0;
}
