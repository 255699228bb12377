namespace SingleShot.Onnx.Format;

/// <summary>What the inputs and outputs of an exported model are called, and the entries of its metadata.</summary>
public static class OnnxNames
{
    /// <summary>Input: uint8 [batch, height, width, 3], pictures of one size, any size, as bytes of red, green and blue.</summary>
    public const string Images = "images";

    /// <summary>Input that may be left out: float32 [], the score to exceed.</summary>
    public const string ScoreThreshold = "score_threshold";

    /// <summary>Input that may be left out: float32 [], the Jaccard overlap that is allowed.</summary>
    public const string Overlap = "overlap";

    /// <summary>Output: float32 [batch, detections, 4], left, top, right and bottom in pixels of the picture.</summary>
    public const string Boxes = "boxes";

    /// <summary>Output: float32 [batch, detections], falling; of a model of raw outputs [batch, A, K], before the softmax.</summary>
    public const string Scores = "scores";

    /// <summary>Output: int64 [batch, detections], indices into the class names.</summary>
    public const string Labels = "labels";

    /// <summary>Output: int64 [batch], how many rows count; -1 where the network's predictions are NaN or infinite.</summary>
    public const string Counts = "counts";

    /// <summary>Output of a model of raw outputs: float32 [batch, A, 4], the offsets from the default boxes.</summary>
    public const string Offsets = "offsets";

    /// <summary>Metadata: the whole specification, as JSON.</summary>
    public const string Specification = "specification";

    /// <summary>Metadata: the names of the classes, as a JSON array.</summary>
    public const string ClassNames = "class_names";

    /// <summary>Metadata: the mean of red, green and blue, as a JSON array. The model takes it off itself.</summary>
    public const string Mean = "mean";

    /// <summary>Metadata: what red, green and blue are divided by, as a JSON array. The model does it itself.</summary>
    public const string StandardDeviation = "standard_deviation";

    /// <summary>Metadata: the side of the square that pictures are brought to. The model does it itself.</summary>
    public const string InputSize = "input_size";

    /// <summary>Metadata: <c>Detections</c> or <c>Predictions</c>, see <c>OnnxOutputs</c>.</summary>
    public const string Outputs = "outputs";
}
