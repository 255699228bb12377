using SingleShot.Data;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Tests.Onnx;
using SingleShot.Training;

namespace SingleShot.Cli.Tests.Models;

/// <summary>A checkpoint of a network that finds something everywhere.</summary>
internal static class SmallModel
{
    public static string Save(TemporaryFolder folder, string[] classNames) => Save(folder, Specifications.Small(classNames));

    public static string Save(TemporaryFolder folder, SsdSpecification model)
    {
        var path = folder.File("model.safetensors");
        using var network = TrainedNetwork.Of(model);
        var picture = Pictures.Write(folder, "of the model", 1)[0];
        var data = new DataSet("none", model.ClassNames, [new Sample("1", picture, 96, 96, [])], []);
        var batches = new BatchLoader(data, model, 1, Pipeline.None, seed: 0);
        using var trainer = new Trainer(network, MultiBoxLoss.For(model), batches, new TrainingSettings { Steps = 1 });
        Checkpoint.Save(path, trainer);
        return path;
    }
}
