namespace SingleShot.Networks;

/// <summary>A convolution or pooling as it was run once.</summary>
/// <param name="Name">Its name in the network, such as <c>backbone.features.0</c>.</param>
/// <param name="Output">Shape of what came out, [N, channels, H, W].</param>
/// <param name="Kernel">Side of its kernel.</param>
/// <param name="Stride">Its stride.</param>
/// <param name="Dilation">Cells from one of the kernel's weights to the next.</param>
/// <param name="Parameters">Number of its weights and biases; 0 for pooling.</param>
/// <param name="MultiplyAdds">Products that it summed: those of each output with its kernel; 0 for pooling.</param>
/// <param name="Seconds">Time that it took.</param>
public sealed record LayerFigures(
    string Name, IReadOnlyList<long> Output, long Kernel, long Stride, long Dilation, long Parameters, long MultiplyAdds, double Seconds);
