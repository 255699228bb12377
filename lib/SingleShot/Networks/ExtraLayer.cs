namespace SingleShot.Networks;

/// <summary>A 1x1 convolution that narrows, then a k x k one that makes the next, smaller feature map (figure 2 of the paper).</summary>
/// <param name="Narrow">Channels between the two.</param>
/// <param name="Channels">Channels of the map that comes out.</param>
/// <param name="Kernel">Side of the second convolution's kernel.</param>
/// <param name="Stride">Its stride.</param>
/// <param name="Padding">Its padding.</param>
public sealed record ExtraLayer(int Narrow, int Channels, int Kernel, int Stride, int Padding);
