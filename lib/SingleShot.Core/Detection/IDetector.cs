using SingleShot.Images;

namespace SingleShot.Detection;

/// <summary>Finds objects in pictures, whichever engine computes.</summary>
public interface IDetector
{
    /// <summary>Names of the classes that the detections' labels stand for.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Finds the objects in several pictures.</summary>
    /// <param name="images">The pictures, each of any size.</param>
    /// <returns>For each picture its detections, in its pixels, best first.</returns>
    /// <exception cref="InvalidOperationException">The network's predictions hold NaN or infinity; the message says for which picture.</exception>
    IReadOnlyList<IReadOnlyList<DetectedObject>> Detect(IReadOnlyList<RgbImage> images);
}
