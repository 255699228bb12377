namespace SingleShot.Figures;

/// <summary>The loss at one step of training.</summary>
/// <param name="Step">Number of the step.</param>
/// <param name="Localisation">The term of the offsets.</param>
/// <param name="Confidence">The term of the classes.</param>
/// <param name="NoMatch">The term of the boxes without an object, where the loss has it apart; else null.</param>
/// <param name="Total">What is minimised.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
public sealed record LossPoint(int Step, double Localisation, double Confidence, double? NoMatch, double Total, double LearningRate);
