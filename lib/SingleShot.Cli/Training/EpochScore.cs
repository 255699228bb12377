using System.Text.Json.Serialization;

namespace SingleShot.Cli.Training;

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Step">Steps taken by its end.</param>
/// <param name="Loss">Mean of the loss over its steps.</param>
/// <param name="LearningRate">The rate of its last step.</param>
/// <param name="ImagesPerSecond">Images trained on in a second, evaluation not counted.</param>
/// <param name="AP">COCO's average precision on the validation split, 0 to 1; null where the split has no objects.</param>
/// <param name="AP50">The same at overlap .50.</param>
internal sealed record EpochScore(int Epoch, int Step, double Loss, double LearningRate, double ImagesPerSecond, double? AP, [property: JsonPropertyName("ap50")] double? AP50);
