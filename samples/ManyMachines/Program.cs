using System.Globalization;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Data.Shapes;
using SingleShot.Detection;
using SingleShot.Distributed;
using SingleShot.Distributed.Communication;
using SingleShot.Distributed.Detection;
using SingleShot.Distributed.Training;
using SingleShot.Evaluation.Coco;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;

// dotnet build samples/ManyMachines
// mpirun -np 4 dotnet samples/ManyMachines/bin/Debug/net10.0/linux-x64/ManyMachines.dll CHECKPOINT [STEPS] [BATCH]
if (args is not [var checkpoint, ..])
{
    Console.Error.WriteLine("Name the checkpoint to write: it is gone on from, if it is there. After it may come the number of steps and the size of the whole batch.");
    return 2;
}
var steps = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
var batch = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 16;

await Launch.RunAsync(async processes =>
{
    // Each machine draws the pictures for itself; one process at a time, for those of one machine share a folder.
    var folder = Path.Combine(Path.GetTempPath(), "singleshot-many-machines");
    for (var turn = 0; turn < processes.Size; turn++)
    {
        if (turn == processes.Rank)
        {
            ShapesGenerator.Write(Path.Combine(folder, "train"), 256, seed: 1);
            ShapesGenerator.Write(Path.Combine(folder, "val"), 64, seed: 2);
        }
        processes.Barrier();
    }
    var train = ShapesGenerator.Write(Path.Combine(folder, "train"), 256, seed: 1);
    var val = ShapesGenerator.Write(Path.Combine(folder, "val"), 64, seed: 2);

    var model = Specifications.Small(train.ClassNames);
    using var network = new SsdNetwork(model, seed: 1);
    using var trainer = new DataParallelTrainer(
        processes, network, MultiBoxLoss.For(model), new BatchLoader(train, model, batch, Pipeline.Light, seed: 2),
        new TrainingSettings { Steps = steps, LearningRate = 0.02, GradientLimit = 10 }.ForBatchOf(batch, tuned: 16, warmUp: 20));
    var first = processes.Rank == 0;
    if (processes.FromRankZero(() => File.Exists(checkpoint)))
    {
        trainer.Resume(checkpoint);
    }
    await trainer.TrainAsync(step =>
    {
        if (first && step.Step % 10 == 0)
        {
            Console.WriteLine(step);
        }
        if (step.Step % 50 == 0 || step.Step == steps)
        {
            trainer.Save(checkpoint);
        }
    });

    var found = SharedDetection.Over(processes, new Detector(network), val);
    if (first)
    {
        var scores = CocoEvaluation.Evaluate(val.ClassNames, found.Images);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{processes.Size} processes, {trainer.Trainer.StepsTaken} steps of {batch} images: AP {scores.AP:F3}, AP50 {scores.AP50:F3} on {val.Samples.Count} held-out images"));
    }
});
return 0;
