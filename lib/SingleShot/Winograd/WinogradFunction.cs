using static TorchSharp.torch;

namespace SingleShot.Winograd;

/// <summary><see cref="WinogradConvolution"/> as libtorch's gradients know it: a function and its derivative.</summary>
/// <typeparam name="T">A register; C and K are multiples of its lanes.</typeparam>
internal sealed unsafe class WinogradFunction<T> : autograd.SingleTensorFunction<WinogradFunction<T>> where T : struct, ILanes<T>
{
    private const string Rectify = nameof(Rectify);
    private const string InputGradient = nameof(InputGradient);
    private const string Passed = nameof(Passed);

    public override string Name => nameof(WinogradConvolution);

    /// <summary>[N, H, W, C], [K, C, 3, 3], [K], whether a ReLU follows, and who lets go of gradients, to [N, H, W, K].</summary>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias, rectify) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (bool)vars[3]);
        var output = Output(input, weight, bias, rectify);
        ctx.save_data(Rectify, rectify);
        ctx.save_data(InputGradient, input.requires_grad);
        ctx.save_data(Passed, vars[4]);
        ctx.save_for_backward([input, weight, output]);
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var passed = (PassedGradient)ctx.get_data(Passed);
        passed.LetGo();
        var saved = ctx.get_saved_variables();
        var gradient = grad_output.contiguous();
        grad_output.Dispose();
        var output = (bool)ctx.get_data(Rectify) ? saved[2] : null;
        var gradients = Gradients(saved[0], saved[1], output, gradient, (bool)ctx.get_data(InputGradient));
        saved.ForEach(tensor => tensor.Dispose());
        gradient.Dispose();
        passed.Remember(gradients[0]);
        return gradients;
    }

    private static Tensor Output(Tensor input, Tensor weight, Tensor bias, bool rectify)
    {
        var output = empty([.. input.shape[..3], weight.shape[0]], dtype: ScalarType.Float32, device: CPU);
        var grid = Grid(input);
        using var maps = new MapTiles<T>(Scratch.Of(input), grid, (int)input.shape[3]);
        var weights = new WeightTransform<T>(Scratch.Of(weight), Shape(weight), backwards: false);
        TiledConvolution<T>.Run(maps, grid, weights, Scratch.Of(bias), rectify, Scratch.Of(output));
        GC.KeepAlive(bias); // its wrapper frees the memory
        return output;
    }

    private static List<Tensor> Gradients(Tensor input, Tensor weight, Tensor? output, Tensor gradient, bool ofInput)
    {
        var grid = Grid(input);
        var shape = Shape(weight);
        using var maps = new MapTiles<T>(Scratch.Of(input), grid, shape.Inputs);
        using var gradients = new MapTiles<T>(Scratch.Of(gradient), grid, shape.Outputs, output is null ? null : Scratch.Of(output));
        var (weightGradient, biasGradient) = (empty_like(weight), empty([shape.Outputs], dtype: ScalarType.Float32, device: CPU));
        TiledWeightGradient<T>.Run(maps, gradients, grid, Scratch.Of(weightGradient), Scratch.Of(biasGradient));
        Tensor? inputGradient = null;
        if (ofInput)
        {
            inputGradient = empty_like(input);
            var weights = new WeightTransform<T>(Scratch.Of(weight), shape, backwards: true);
            TiledConvolution<T>.Run(gradients, grid, weights, null, rectify: false, Scratch.Of(inputGradient));
        }
        return [inputGradient!, weightGradient, biasGradient, null!, null!];
    }

    private static TileGrid Grid(Tensor map) => new((int)map.shape[0], (int)map.shape[1], (int)map.shape[2]);

    private static WeightShape Shape(Tensor weight) => new((int)weight.shape[0], (int)weight.shape[1]);
}
