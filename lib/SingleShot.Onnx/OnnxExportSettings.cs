using SingleShot.Models;

namespace SingleShot.Onnx;

/// <summary>What kind of ONNX model to make of a network.</summary>
/// <param name="Outputs">Finished detections, or the network's raw predictions.</param>
/// <param name="Precision">Type of the weights, and of what is computed with them.</param>
/// <param name="Detection">
/// What the detections' part of the model keeps; what the specification says when left out. Whoever runs the model can set another score
/// threshold and another overlap; the two limits are fixed.
/// </param>
public sealed record OnnxExportSettings(
    OnnxOutputs Outputs = OnnxOutputs.Detections, OnnxPrecision Precision = OnnxPrecision.Fp32, DetectionSettings? Detection = null);

/// <summary>What an exported model gives.</summary>
public enum OnnxOutputs
{
    /// <summary>Boxes in pixels, scores and labels, after suppression: nothing is left to do.</summary>
    Detections,

    /// <summary>Offsets and scores of every default box, for a post-processing of one's own.</summary>
    Predictions,
}

/// <summary>Type of a model's weights.</summary>
public enum OnnxPrecision
{
    /// <summary>float32: the detections are those of the network.</summary>
    Fp32,

    /// <summary>float16: half the file, for engines that compute in it; boxes and scores are off by its rounding. Inputs and outputs stay as they are.</summary>
    Fp16,
}
