using SingleShot.Models;
using TorchSharp.Modules;
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

    /// <summary>For each map, what gives the offsets.</summary>
    public IReadOnlyList<Module> Offsets => regression_head.Predictors;

    /// <summary>For each map, what gives the scores.</summary>
    public IReadOnlyList<Module> Scores => classification_head.Predictors;

    /// <summary>Predicts from the maps [N, channels, H, W].</summary>
    public override Predictions forward(IReadOnlyList<Tensor> maps) => new(regression_head.call(maps), classification_head.call(maps));

    /// <summary>Predicts as a call does, by <see cref="ChannelsLast"/>: one convolution of each map gives offsets and scores.</summary>
    /// <param name="maps">[N, channels, H, W]; the heads are plain convolutions.</param>
    public Predictions RunChannelsLast(IReadOnlyList<Tensor> maps)
    {
        var both = maps.Select((map, i) => Both(map, (Conv2d)Offsets[i], (Conv2d)Scores[i])).ToList();
        return new Predictions(cat([.. both.Select(of => of.Offsets)], 1), cat([.. both.Select(of => of.Scores)], 1));
    }

    private Predictions Both(Tensor map, Conv2d offsets, Conv2d scores)
    {
        var numbers = ChannelsLast.Convolve(map, cat([offsets.weight!, scores.weight!]), cat([offsets.bias!, scores.bias!])).permute(0, 2, 3, 1); // [N, H, W, boxes * (4 + K)]
        return new Predictions(
            regression_head.OfBoxes(numbers.narrow(-1, 0, offsets.out_channels)),
            classification_head.OfBoxes(numbers.narrow(-1, offsets.out_channels, scores.out_channels)));
    }
}

/// <summary>A convolution on each feature map, which predicts some numbers for each default box of each cell.</summary>
internal sealed class PredictionHead : Module<IReadOnlyList<Tensor>, Tensor>
{
    private readonly ModuleList<Module<Tensor, Tensor>> module_list;
    private readonly int _numbers;

    /// <param name="channels">Channels of each map.</param>
    /// <param name="boxesPerCell">Default boxes in a cell of each map.</param>
    /// <param name="numbers">Numbers for each box: 4 offsets, or K scores.</param>
    /// <param name="convolutions">How it convolves.</param>
    public PredictionHead(IReadOnlyList<int> channels, IReadOnlyList<int> boxesPerCell, int numbers, ConvolutionKind convolutions)
        : base(nameof(PredictionHead))
    {
        _numbers = numbers;
        module_list = ModuleList<Module<Tensor, Tensor>>([.. channels.Zip(boxesPerCell, (input, boxes) => Predictor(input, boxes * numbers))]);
        RegisterComponents();

        Module<Tensor, Tensor> Predictor(int input, int outputs) => convolutions switch
        {
            ConvolutionKind.Plain => PlainLayers.Predictor(input, outputs),
            ConvolutionKind.DepthwiseSeparable => SeparableLayers.Predictor(input, outputs),
            _ => throw new ArgumentException($"There is no kind of convolution {convolutions}.", nameof(convolutions)),
        };
    }

    /// <summary>The convolution of each map.</summary>
    public IReadOnlyList<Module> Predictors => [.. module_list];

    /// <summary>[N, channels, H, W] of each map to [N, A, numbers] over all maps, in the order of the default boxes.</summary>
    public override Tensor forward(IReadOnlyList<Tensor> maps) => Join(maps.Zip(module_list, (map, convolution) => convolution.call(map)));

    /// <summary>[N, H, W, boxes * numbers] to [N, H * W * boxes, numbers].</summary>
    public Tensor OfBoxes(Tensor numbers) => numbers.reshape(numbers.shape[0], -1, _numbers);

    private Tensor Join(IEnumerable<Tensor> outputs) => cat([.. outputs.Select(output => OfBoxes(output.permute(0, 2, 3, 1)))], 1); // from [N, boxes * numbers, H, W] each
}
