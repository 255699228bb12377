using System.CommandLine;

namespace SingleShot.Cli.Models;

/// <summary>The options by which several commands choose a model.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = $"A checkpoint (.safetensors), an ONNX model (.onnx), or a name: {ModelChoice.Shapes} (comes with this program), {string.Join(", ", TorchModels.Published)} (published weights).",
        DefaultValueFactory = _ => ModelChoice.Shapes,
    };

    private readonly Option<string?> _weights = new("--weights") { Description = "A file of weights (.pth, .safetensors) for a published model; when left out, the one that 'singleshot download' brings." };
    private readonly Option<string> _data = new("--data") { Description = "The folder of data sets and weights.", DefaultValueFactory = _ => "data" };
    private readonly Option<Engine?> _engine = new("--engine") { Description = "torch or onnx; when left out, onnx for ONNX models and torch for all others." };
    private readonly Option<string> _device = new("--device") { Description = "cpu, cuda, cuda:N or best; for the engine torch.", DefaultValueFactory = _ => "best" };

    /// <summary>How many pictures go through the network together, at least 1.</summary>
    /// <param name="usual">The number when it is left out.</param>
    public static Option<int> Batch(int usual)
    {
        var batch = new Option<int>("--batch") { Description = "Pictures that go through the network together.", DefaultValueFactory = _ => usual };
        batch.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"--batch is {result.Tokens[0].Value}: at least one picture goes through the network at a time.");
            }
        });
        return batch;
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _engine.CompletionSources.Clear();
        _engine.CompletionSources.Add("onnx", "torch");
        _model.CompletionSources.Add([ModelChoice.Shapes, .. TorchModels.Published]);
        foreach (var option in new Option[] { _model, _weights, _data, _engine, _device })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was chosen.</summary>
    public ModelChoice Read(ParseResult parsed) => new(
        parsed.GetValue(_model)!, parsed.GetValue(_weights), parsed.GetValue(_data)!, parsed.GetValue(_engine), parsed.GetValue(_device)!);
}
