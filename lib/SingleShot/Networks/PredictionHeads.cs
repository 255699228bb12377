using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>The two heads side by side: offsets and scores of every default box.</summary>
internal sealed class PredictionHeads : Module<IReadOnlyList<Tensor>, Predictions>
{
    private readonly PredictionHead classification_head;
    private readonly PredictionHead regression_head;

    /// <param name="channels">Channels of each map.</param>
    /// <param name="boxesPerCell">Default boxes in a cell of each map.</param>
    /// <param name="scoreCount">Scores for each default box.</param>
    /// <param name="convolutions">How the heads convolve.</param>
    public PredictionHeads(IReadOnlyList<int> channels, IReadOnlyList<int> boxesPerCell, int scoreCount, ConvolutionKind convolutions)
        : base(nameof(PredictionHeads))
    {
        classification_head = new PredictionHead(channels, boxesPerCell, scoreCount, convolutions);
        regression_head = new PredictionHead(channels, boxesPerCell, numbers: 4, convolutions);
        RegisterComponents();
    }

    /// <summary>Predicts from the maps [N, channels, H, W].</summary>
    public override Predictions forward(IReadOnlyList<Tensor> maps) => new(regression_head.call(maps), classification_head.call(maps));
}
