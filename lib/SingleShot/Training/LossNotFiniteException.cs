namespace SingleShot.Training;

/// <summary>Training stopped because a term of the loss is not a finite number; the parameters are those of the step before.</summary>
/// <param name="step">The step and every term of its loss.</param>
public sealed class LossNotFiniteException(TrainingStep step) : Exception(
    $"The loss is not finite at step {step.Step} (epoch {step.Epoch}, learning rate {step.LearningRate:G4}): "
    + $"localization {step.Localization}, confidence {step.Confidence}, no match {step.NoMatch}, total {step.Total}, "
    + $"{step.Matches} matches. Lower the learning rate, warm up longer, or set a gradient limit; the parameters are those of the step before.")
{
    /// <summary>The step at which it happened.</summary>
    public TrainingStep Step { get; } = step;
}
