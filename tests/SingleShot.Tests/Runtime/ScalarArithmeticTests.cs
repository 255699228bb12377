using AwesomeAssertions;
using SingleShot.Figures;
using SingleShot.Networks;
using SingleShot.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Runtime;

public sealed class ScalarArithmeticTests
{
    // A script's arguments may be numbers, of which it makes some; this one's are tensors.
    private const string GivesTensorsAlone = "SingleShot.Runtime.Convolutions.OneDnnLayout.Converted calls CompilationUnit.invoke(String, Object[])";

    [Theory]
    [InlineData(typeof(SsdNetwork))]
    [InlineData(typeof(Exercise))]
    public void Library_MakesNumbersForLibtorch_OnlyWhereTheyAreHeld(Type one) =>
        string.Join('\n', UnheldScalars.In(one, mayMake: typeof(ScalarArithmetic)).Except([GivesTensorsAlone])).Should().BeEmpty(
            "a garbage collection may free the number of such a call while libtorch reads it: use Plus, Times, Above, Number and the like of {0}, or add to them",
            nameof(ScalarArithmetic));

    [Theory]
    [InlineData(nameof(Mistakes.Sum), "Tensor.op_Addition(Tensor, Tensor)")]
    [InlineData(nameof(Mistakes.SumWithNumber), "Tensor.op_Addition(Tensor, Int32)")]
    [InlineData(nameof(Mistakes.SumInPlace), "Tensor.op_Addition(Tensor, Tensor)")]
    [InlineData(nameof(Mistakes.Conversion), "Scalar.op_Implicit(Double)")]
    [InlineData(nameof(Mistakes.Held), "Scalar.op_Implicit(Double)")]
    [InlineData(nameof(Mistakes.Read), "TensorExtensionMethods.ToDouble(Tensor)")]
    [InlineData(nameof(Mistakes.MethodGroup), "TensorExtensionMethods.ToDouble(Tensor)")]
    [InlineData(nameof(Mistakes.Activation), "functional.leaky_relu(Tensor, Double, Boolean)")]
    [InlineData(nameof(Mistakes.Norm), "linalg.vector_norm(Tensor, Double, Int64[], Boolean)")]
    [InlineData(nameof(Mistakes.Layer), "nn.BatchNorm2d(Int64, Double, Double, Boolean, Boolean, Device, Nullable`1)")]
    [InlineData(nameof(Mistakes.Optimizer), "optim.SGD(IEnumerable`1, Double, Double, Double, Double, Boolean, Boolean)")]
    public void CallThatMakesANumber_IsFound(string method, string call) =>
        UnheldScalars.In(typeof(Mistakes)).Should().Contain($"{typeof(Mistakes).FullName!.Replace('+', '/')}.{method} calls {call}");

    [Fact]
    public void CallThatMakesNone_IsNotFound() =>
        UnheldScalars.In(typeof(Mistakes)).Should().NotContain(call => call.Contains($"{nameof(Mistakes)}.{nameof(Mistakes.Right)} ", StringComparison.Ordinal));

    [Fact]
    public void WholeNumbers_StayWhole()
    {
        using var scope = NewDisposeScope();
        var whole = tensor([1L, 2, 3]);

        var sum = whole.Plus(1);
        var filled = whole.MaskedFill(whole.Above(2), -1);

        (sum.dtype, filled.dtype).Should().Be((int64, int64));
        sum.Integers().Should().Equal(2, 3, 4);
        filled.Integers().Should().Equal(1, 2, -1);
    }

    private static class Mistakes
    {
        public static Tensor Sum(Tensor a, Tensor b) => a + b;

        public static Tensor SumWithNumber(Tensor a) => a + 1;

        public static void SumInPlace(Tensor a, Tensor b) => a += b;

        public static Tensor Conversion(Tensor a) => a.mul(0.5);

        public static Tensor Held(Tensor a)
        {
            using Scalar half = 0.5;
            return a.mul(half);
        }

        public static double Read(Tensor a) => a.ToDouble();

        public static IEnumerable<double> MethodGroup(IEnumerable<Tensor> all) => all.Select(TensorExtensionMethods.ToDouble);

        public static Tensor Activation(Tensor a) => nn.functional.leaky_relu(a, 0.1);

        public static Tensor Norm(Tensor a) => linalg.vector_norm(a);

        public static Tensor Layer(Tensor a) => nn.BatchNorm2d(3).call(a);

        public static void Optimizer(IEnumerable<Parameter> parameters) => optim.SGD(parameters, 0.1).step();

        public static double Right(Tensor a, Tensor b, IEnumerable<Parameter> parameters)
        {
            nn.utils.clip_grad_norm_(parameters, 1);
            using var layer = nn.Conv2d(3, 3, 1);
            return layer.call((a.Plus(b) - a) * b / a).Times(2).Number<double>();
        }
    }
}
