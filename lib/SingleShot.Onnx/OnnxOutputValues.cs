using Microsoft.ML.OnnxRuntime;

namespace SingleShot.Onnx;

/// <summary>What a model gave for a batch.</summary>
/// <param name="names">Names of the outputs.</param>
/// <param name="values">The outputs, in the same order; this owns them.</param>
internal sealed class OnnxOutputValues(IReadOnlyList<string> names, IDisposableReadOnlyCollection<OrtValue> values) : IDisposable
{
    /// <summary>The numbers of one output for one picture.</summary>
    /// <param name="name">The output's name.</param>
    /// <param name="picture">The picture's place in the batch.</param>
    public ReadOnlySpan<T> Row<T>(string name, int picture)
        where T : unmanaged
    {
        var value = values[names.Index().First(entry => entry.Item == name).Index];
        var length = (int)(value.GetTensorTypeAndShape().ElementCount / value.GetTensorTypeAndShape().Shape[0]);
        return value.GetTensorDataAsSpan<T>().Slice(picture * length, length);
    }

    /// <summary>Frees the outputs.</summary>
    public void Dispose() => values.Dispose();
}
