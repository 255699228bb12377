using SingleShot.Runtime;

namespace SingleShot.Models;

/// <summary>A 1x1 convolution that narrows, then a k x k one that makes the next feature map (figure 2 of the paper).</summary>
/// <param name="Narrow">Channels between the two.</param>
/// <param name="Channels">Channels of the map that comes out.</param>
/// <param name="Kernel">Side of the second convolution's kernel.</param>
/// <param name="Stride">Its stride.</param>
/// <param name="Padding">Its padding.</param>
/// <param name="Dilation">Cells from one of the kernel's weights to the next: 1 side by side, more with holes between them (atrous).</param>
/// <exception cref="ArgumentOutOfRangeException">A number is below its least; the message says which.</exception>
public sealed record ExtraLayer(int Narrow, int Channels, int Kernel, int Stride, int Padding, int Dilation = 1)
{
    /// <summary>Channels between the two convolutions, at least 1.</summary>
    public int Narrow { get; init => field = Checked.AtLeast(value, 1); } = Checked.AtLeast(Narrow, 1);

    /// <summary>Channels of the map that comes out, at least 1.</summary>
    public int Channels { get; init => field = Checked.AtLeast(value, 1); } = Checked.AtLeast(Channels, 1);

    /// <summary>Side of the second convolution's kernel, at least 1.</summary>
    public int Kernel { get; init => field = Checked.AtLeast(value, 1); } = Checked.AtLeast(Kernel, 1);

    /// <summary>Stride of the second convolution, at least 1.</summary>
    public int Stride { get; init => field = Checked.AtLeast(value, 1); } = Checked.AtLeast(Stride, 1);

    /// <summary>Padding of the second convolution, at least 0.</summary>
    public int Padding { get; init => field = Checked.AtLeast(value, 0); } = Checked.AtLeast(Padding, 0);

    /// <summary>Dilation of the second convolution, at least 1.</summary>
    public int Dilation { get; init => field = Checked.AtLeast(value, 1); } = Checked.AtLeast(Dilation, 1);
}
