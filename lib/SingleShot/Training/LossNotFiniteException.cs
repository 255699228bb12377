using System.Globalization;
using SingleShot.Networks;

namespace SingleShot.Training;

/// <summary>
/// Training stopped because a term of the loss is not a finite number; parameters and running statistics are those of the step before.
/// </summary>
/// <param name="step">The step and every term of its loss.</param>
/// <param name="report">Where the NaN began, in the network before the step and with the pictures of the batch.</param>
public sealed class LossNotFiniteException(TrainingStep step, FiniteReport report) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"The loss is not finite at step {step.Step} (epoch {step.Epoch}, learning rate {step.LearningRate:G4}): "
    + $"localization {step.Localization}, confidence {step.Confidence}, no match {step.NoMatch}, total {step.Total}, "
    + $"{step.Matches} matches. {Where(report)} The parameters are those of the step before."))
{
    /// <summary>The step at which it happened.</summary>
    public TrainingStep Step { get; } = step;

    /// <summary>Where NaN or infinity began.</summary>
    public FiniteReport Report { get; } = report;

    private static string Where(FiniteReport report) => report.Place switch
    {
        NotFinitePlace.Nowhere =>
            "The network and its predictions are finite: the loss itself made it, from predictions that are too large or from boxes without "
            + "extent. Look at the data with the data doctor, and lower the learning rate.",
        NotFinitePlace.Input => report.ToString(),
        NotFinitePlace.Layer => $"{report} Lower it, warm up longer, or set a gradient limit.",
        _ => $"{report} To keep it from coming back, lower the learning rate, warm up longer, or set a gradient limit.",
    };
}
