using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>Sums over processes through which gradients flow: a part's gradient is the sum of what each process's loss asks of the sum.</summary>
/// <param name="sum">Adds up.</param>
internal sealed class StatisticsSum(ITensorSum sum)
{
    private ExceptionDispatchInfo? _failure;

    /// <summary>How many processes there are.</summary>
    public int Processes => sum.Processes;

    /// <summary>The sum of a tensor over all processes, as a new tensor.</summary>
    public Tensor Sum(Tensor part) => Function.apply(part, this);

    /// <summary>
    /// Throws what went wrong while gradients were computed. libtorch's own frames are between there and its caller, which no exception may cross.
    /// </summary>
    public void ThrowIfFailed() => _failure?.Throw();

    private Tensor Added(Tensor part)
    {
        var all = part.detach().clone();
        sum.Sum(all);
        return all;
    }

    private Tensor GradientOf(Tensor gradient)
    {
        try
        {
            return _failure is null ? Added(gradient) : gradient;
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
            return gradient;
        }
    }

    private sealed class Function : autograd.SingleTensorFunction<Function>
    {
        private const string Sum = nameof(Sum);

        public override string Name => nameof(StatisticsSum);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data(Sum, vars[1]);
            return ((StatisticsSum)vars[1]).Added((Tensor)vars[0]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [((StatisticsSum)ctx.get_data(Sum)).GradientOf(grad_output), null!];
    }
}
