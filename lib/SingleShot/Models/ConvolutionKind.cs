namespace SingleShot.Models;

/// <summary>The two ways for the extra layers and the heads to convolve.</summary>
public enum ConvolutionKind
{
    /// <summary>Whole convolutions with biases (the SSD paper).</summary>
    Plain,

    /// <summary>
    /// A depthwise convolution and a pointwise one with batch normalization, which is what makes an SSD an SSDLite (section 6.2 of
    /// the MobileNetV2 paper, arXiv 1801.04381): far fewer weights and multiplications.
    /// </summary>
    DepthwiseSeparable,
}
