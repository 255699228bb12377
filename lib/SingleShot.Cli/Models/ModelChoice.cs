namespace SingleShot.Cli.Models;

/// <summary>Which model a command works with, as the command line says it.</summary>
/// <param name="Model">A file, or the name of a published model.</param>
/// <param name="Weights">The weights of a published model; where <c>download</c> puts them when null.</param>
/// <param name="Data">The folder of all data.</param>
/// <param name="Engine">What computes; what suits the file when null.</param>
/// <param name="Device">cpu, cuda, cuda:N or best; for libtorch.</param>
/// <param name="Process">This process's number among those of its machine, from 0: each takes another GPU.</param>
internal sealed record ModelChoice(string Model, string? Weights, string Data, Engine? Engine, string Device, int Process = 0)
{
    /// <summary>The model that comes with this program.</summary>
    public const string Shapes = "shapes";

    /// <summary>Whether it is an ONNX model: a file of that kind, or the one that comes with this program.</summary>
    public bool IsOnnx => Model == Shapes || Path.GetExtension(Model).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>What computes.</summary>
    /// <exception cref="UsageException">libtorch is asked for, and does not read ONNX models.</exception>
    public Engine ChosenEngine => Engine switch
    {
        null => IsOnnx ? Models.Engine.Onnx : Models.Engine.Torch,
        Models.Engine.Torch when IsOnnx => throw new UsageException(
            $"{Model} is an ONNX model, which ONNX Runtime alone reads: leave --engine torch out, or name the checkpoint that it was exported from."),
        { } engine => engine,
    };

    /// <summary>The file of an ONNX model.</summary>
    public string OnnxPath => Model == Shapes ? Path.Combine(AppContext.BaseDirectory, "shapes.onnx") : Model;
}

/// <summary>What computes a network.</summary>
internal enum Engine
{
    /// <summary>libtorch.</summary>
    Torch,

    /// <summary>ONNX Runtime.</summary>
    Onnx,
}
