namespace SingleShot.Networks;

/// <summary>One step of a network as it detects: plain numbers, no tensors, to hand to another engine.</summary>
public abstract record Layer;

/// <summary>A convolution with equal sides; the normalization that followed it in training is part of its weights.</summary>
/// <param name="Name">Name of its module, such as <c>backbone.features.0</c>.</param>
/// <param name="Weights">[output, input / groups, kernel, kernel], row by row.</param>
/// <param name="Biases">[output].</param>
/// <param name="Kernel">Side of the kernel.</param>
/// <param name="Stride">Cells from one output to the next.</param>
/// <param name="Padding">Zeros on each side.</param>
/// <param name="Dilation">Cells from one of the kernel's weights to the next.</param>
/// <param name="Groups">Groups of channels that do not see each other; 1 for a plain convolution.</param>
public sealed record ConvolutionLayer(
    string Name, IReadOnlyList<float> Weights, IReadOnlyList<float> Biases, int Kernel, int Stride, int Padding, int Dilation, int Groups) : Layer
{
    /// <summary>Channels that come out.</summary>
    public int Output => Biases.Count;

    /// <summary>Channels that one kernel looks at.</summary>
    public int InputPerGroup => Weights.Count / (Output * Kernel * Kernel);
}

/// <summary>A function of each number.</summary>
/// <param name="Function">Which.</param>
public sealed record ActivationLayer(ActivationFunction Function) : Layer;

/// <summary>The functions that follow convolutions.</summary>
public enum ActivationFunction
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x, but at least 0 and at most 6.</summary>
    Relu6,

    /// <summary>x times ReLU6(x + 3) / 6 (arXiv 1905.02244, section 5.2).</summary>
    HardSwish,
}

/// <summary>The largest number of each square.</summary>
/// <param name="Kernel">Side of the square.</param>
/// <param name="Stride">Cells from one square to the next.</param>
/// <param name="Padding">Cells beyond the edge, on each side; they never win.</param>
/// <param name="RoundsUp">Whether a square that reaches beyond the edge counts.</param>
public sealed record MaxPoolingLayer(int Kernel, int Stride, int Padding, bool RoundsUp) : Layer;

/// <summary>Weighs each channel: the map's mean, two 1 x 1 convolutions with ReLU between and hard sigmoid after, times the map.</summary>
/// <param name="Narrow">The first convolution.</param>
/// <param name="Widen">The second.</param>
public sealed record SqueezeExcitationLayer(ConvolutionLayer Narrow, ConvolutionLayer Widen) : Layer;

/// <summary>Some layers, and what went into them added to what comes out.</summary>
/// <param name="Layers">The layers.</param>
public sealed record ResidualLayer(IReadOnlyList<Layer> Layers) : Layer;
