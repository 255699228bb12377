using SingleShot.Networks;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Training;

/// <summary>Protects a network during a training step: if the step fails, the batch's changes to its running statistics are undone.</summary>
/// <remarks>Its tensors belong to the dispose scope of the step.</remarks>
internal sealed class StepGuard
{
    private readonly SsdNetwork _network;
    private readonly BufferSnapshot _before;
    private bool _statisticsFinite = true;

    /// <summary>Remembers the buffers as they are before the step.</summary>
    public StepGuard(SsdNetwork network) => (_network, _before) = (network, new BufferSnapshot(network));

    /// <summary>Runs the forward pass and the loss; if either fails, the buffers are as they were.</summary>
    public T Run<T>(Func<T> forward)
    {
        try
        {
            return forward();
        }
        catch
        {
            _before.PutBack();
            throw;
        }
    }

    /// <summary>Reads the terms of the loss, and whether the buffers are finite. On a GPU, one wait serves for both.</summary>
    /// <param name="terms">Scalars of one type.</param>
    /// <returns>The terms.</returns>
    public double[] Read(params Tensor[] terms)
    {
        using var gradients = no_grad();
        Tensor[] extremes = [.. _before.Extremes().Select(extreme => extreme.to(terms[0].dtype))];
        var numbers = stack([.. terms.Concat(extremes)]).cpu().to(float64).data<double>().ToArray();
        _statisticsFinite = numbers[terms.Length..].All(double.IsFinite);
        return numbers[..terms.Length];
    }

    /// <summary>Refuses to take a step that would spoil the network.</summary>
    /// <param name="step">The step, with its loss.</param>
    /// <param name="images">What the network was given.</param>
    /// <exception cref="LossNotFiniteException">The loss is not finite.</exception>
    /// <exception cref="StatisticsNotFiniteException">A running mean or variance is not.</exception>
    public void Require(TrainingStep step, Tensor images)
    {
        if (!double.IsFinite(step.Total))
        {
            _before.PutBack(); // first, for the diagnosis looks at the buffers too
            throw new LossNotFiniteException(step, FiniteCheck.Of(_network, images));
        }
        if (!_statisticsFinite)
        {
            var spoiled = NotFinite();
            _before.PutBack();
            throw new StatisticsNotFiniteException(step, spoiled, before: NotFinite());
        }
    }

    private string[] NotFinite() => [.. Finiteness.NotFinite(_network.named_buffers()).Select(entry => entry.Name)];
}
