namespace SingleShot.Models;

/// <summary>A 1x1 convolution that narrows, then a k x k one that makes the next feature map (figure 2 of the paper).</summary>
/// <param name="Narrow">Channels between the two.</param>
/// <param name="Channels">Channels of the map that comes out.</param>
/// <param name="Kernel">Side of the second convolution's kernel.</param>
/// <param name="Stride">Its stride.</param>
/// <param name="Padding">Its padding.</param>
/// <param name="Dilation">Cells from one of the kernel's weights to the next: 1 side by side, more with holes between them (atrous).</param>
public sealed record ExtraLayer(int Narrow, int Channels, int Kernel, int Stride, int Padding, int Dilation = 1);
