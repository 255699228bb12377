namespace SingleShot.Networks;

/// <summary>The square of the input that a cell of a feature map can see, as if the input had no edge.</summary>
/// <param name="Size">Its side, in input pixels.</param>
/// <param name="Step">How far apart the squares of two neighboring cells are, in input pixels.</param>
public readonly record struct ReceptiveField(long Size, long Step)
{
    /// <summary>The receptive field of an input pixel: itself.</summary>
    public static ReceptiveField Pixel { get; } = new(1, 1);

    /// <summary>
    /// What a cell sees after one more convolution or pooling: a kernel of side k reaches over (k - 1) * dilation cells, each a step
    /// apart; a stride makes the steps of the next map longer.
    /// </summary>
    /// <param name="kernel">Side of the kernel, at least 1.</param>
    /// <param name="stride">Its stride, at least 1.</param>
    /// <param name="dilation">Cells from one of the kernel's weights to the next, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number below 1.</exception>
    public ReceptiveField After(long kernel, long stride = 1, long dilation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        return new ReceptiveField(Size + (kernel - 1) * dilation * Step, Step * stride);
    }
}
