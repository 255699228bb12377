using System.Globalization;
using SingleShot.Data.Shapes;
using SingleShot.Training;
using SingleShot.Weights;

namespace SingleShot.Cli.Tests.Training;

/// <summary>A data set of a few shapes, and settings that train on it in seconds.</summary>
public sealed class SmallTraining : IDisposable
{
    /// <summary>Pictures to train on: three steps an epoch.</summary>
    private const int Count = 24;

    private readonly TemporaryFolder _folder = new();

    public SmallTraining()
    {
        ShapesGenerator.Write(Path.Combine(Root, "train"), Count, seed: 5);
        ShapesGenerator.Write(Path.Combine(Root, "val"), 6, seed: 6);
    }

    public string Root => Path.Combine(_folder.Path, "shapes");

    /// <summary>Writes a settings file of three epochs.</summary>
    /// <param name="name">Its name, and that of the run.</param>
    /// <param name="more">Further lines.</param>
    public string Settings(string name, params string[] more) => Settings(name, 3, more);

    /// <summary>Writes a settings file of a training that does not come to its end by itself.</summary>
    public string LongSettings(string name, params string[] more) => Settings(name, 100_000, more);

    /// <summary>Writes a file as it is.</summary>
    public string Write(string text, string name) => _folder.Write(text, name);

    /// <summary>The folder of a run.</summary>
    public string Run(string name) => Path.Combine(_folder.Path, "runs", name);

    /// <summary>All that a checkpoint holds but for times: tensors to the last bit, and the losses of each step.</summary>
    internal static IReadOnlyList<string> Content(string path)
    {
        using var file = SafetensorsFile.Read(path);
        var tensors = file.Tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.contiguous().bytes.ToArray())}");
        var history = System.Text.Json.JsonSerializer.Deserialize<List<TrainingStep>>(file.Metadata["history"])!;
        return [.. tensors, .. history.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Step} {step.Epoch} {step.LearningRate:R} {step.Total:R} {step.Matches}")), file.Metadata["settings"], file.Metadata["specification"]];
    }

    /// <summary>Checks that two runs came to the same: last and best checkpoint, and each epoch's scores.</summary>
    internal void ShouldEqual(string run, string other)
    {
        foreach (var file in new[] { "last.safetensors", "best.safetensors" })
        {
            Xunit.Assert.Equal(Content(Path.Combine(Run(other), file)), Content(Path.Combine(Run(run), file)));
        }
        Xunit.Assert.Equal(Scores(other), Scores(run));
        Xunit.Assert.Empty(Directory.GetFiles(Run(run), "*.partial"));
    }

    public void Dispose() => _folder.Dispose();

    private string Settings(string name, int epochs, params string[] more) => _folder.Write(
        $"root: {Root}\noutput: {Run(name)}\nbatchSize: 8\nepochs: {epochs}\nsaveEvery: 1\ndevice: cpu\n{string.Join('\n', more)}\n", $"{name}.yaml");

    private IReadOnlyList<string> Scores(string run) => [.. System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(Run(run), "epochs.json")))!.AsArray()
        .Select(score => $"{score!["epoch"]} {score["step"]} {score["loss"]} {score["ap"]} {score["ap50"]}")];
}
