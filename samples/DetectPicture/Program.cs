using SingleShot.Drawing;
using SingleShot.Images;
using SingleShot.Onnx;

using var detector = new OnnxDetector(args[0]);
var picture = ImageFile.Read(args[1]);
var found = detector.Detect(picture).Where(one => one.Score > 0.4).ToList();
foreach (var one in found)
    Console.WriteLine($"{one.ClassName} {one.Score:P0} {one.Box}");
ImageFile.Write(args[2], DrawnDetections.On(picture, found));
