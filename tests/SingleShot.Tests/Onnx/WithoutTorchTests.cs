using System.Reflection;
using System.Text.Json;
using AwesomeAssertions;
using SingleShot.Onnx;
using Xunit;

namespace SingleShot.Tests.Onnx;

/// <summary>An application that detects on ONNX Runtime has nothing to do with torch.</summary>
public class WithoutTorchTests
{
    [Fact]
    public void Assemblies_DoNotReferToTorch()
    {
        HashSet<string> seen = [];
        Visit(typeof(OnnxDetector).Assembly);

        seen.Should().Contain(["SingleShot.Onnx", "SingleShot.Core", "Microsoft.ML.OnnxRuntime", "SkiaSharp"]).And.NotContain(["SingleShot", "TorchSharp"]);

        void Visit(Assembly assembly)
        {
            if (seen.Add(assembly.GetName().Name!))
            {
                foreach (var name in assembly.GetReferencedAssemblies().Where(name => !name.Name!.StartsWith("System", StringComparison.Ordinal)))
                {
                    Visit(Assembly.Load(name));
                }
            }
        }
    }

    [Fact]
    public void Restore_BringsNoTorch()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "lib", "SingleShot.Onnx", "obj", "project.assets.json")));

        var restored = assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.ToLowerInvariant()).ToList();

        restored.Should().Contain(name => name.StartsWith("microsoft.ml.onnxruntime/", StringComparison.Ordinal));
        restored.Should().NotContain(name => name.Contains("torch"));
    }
}
