using System.Globalization;
using SingleShot.Figures.Drawing;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Figures;

/// <summary>Checks what a reader wrote for an exercise, and says what is wrong with it.</summary>
/// <remarks>
/// An exercise begins as a stub: a function that throws <see cref="NotImplementedException"/>, or an answer that is null. Its check
/// calls <see cref="That"/>, <c>Equal</c> and <c>Close</c> one after another, each with a hint that names the mistake; the first
/// that fails is the verdict.
/// </remarks>
public static class Exercise
{
    /// <summary>Checks an exercise.</summary>
    /// <param name="number">Its number in the lesson, from 1.</param>
    /// <param name="check">Calls the reader's code and compares.</param>
    /// <param name="picture">Draws something with the reader's code, once that is right; nothing is drawn if null.</param>
    /// <returns>
    /// The verdict, with the picture below it; its text is <c>Exercise 1: right.</c>, <c>Exercise 1: not done yet.</c>, or says what is wrong.
    /// </returns>
    public static Figure Check(int number, Action check, Func<Figure>? picture = null)
    {
        ArgumentNullException.ThrowIfNull(check);
        try
        {
            using var scope = NewDisposeScope();
            check();
            return new Verdict(number, ExerciseOutcome.Right, "right.", picture?.Invoke());
        }
        catch (NotImplementedException)
        {
            return new Verdict(number, ExerciseOutcome.NotDone, "not done yet.");
        }
        catch (WrongAnswerException e)
        {
            return new Verdict(number, ExerciseOutcome.Wrong, $"not yet. {e.Message}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The reader's own mistake is the verdict, not an error of the lesson.
            return new Verdict(number, ExerciseOutcome.Wrong, $"your code threw {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Goes on where a condition holds.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="hint">What is wrong where it does not.</param>
    public static void That(bool holds, string hint)
    {
        if (!holds)
        {
            throw new WrongAnswerException(hint);
        }
    }

    /// <summary>Goes on where an answer is the expected one; null is an exercise not yet done.</summary>
    /// <param name="expected">What it should be; it is not shown.</param>
    /// <param name="found">The reader's answer.</param>
    /// <param name="hint">What is wrong where it differs.</param>
    public static void Equal<T>(T expected, T? found, string hint)
        where T : struct => That(Given(found).Equals(expected), $"You have {Text(found)}. {hint}");

    /// <inheritdoc cref="Equal{T}(T, T?, string)"/>
    public static void Equal<T>(IEnumerable<T> expected, IEnumerable<T>? found, string hint)
    {
        var answer = (found ?? throw new NotImplementedException()).ToList();
        That(answer.SequenceEqual(expected), $"You have {Text(answer)}. {hint}");
    }

    /// <summary>Goes on where a number is close to the expected one; null is an exercise not yet done.</summary>
    /// <param name="expected">What it should be; it is not shown.</param>
    /// <param name="found">The reader's answer.</param>
    /// <param name="hint">What is wrong where it differs.</param>
    /// <param name="tolerance">The largest difference that still counts as close.</param>
    public static void Close(double expected, double? found, string hint, double tolerance = 1e-6) =>
        That(Math.Abs(Given(found) - expected) <= tolerance, $"You have {Text(found)}. {hint}");

    /// <summary>Goes on where a tensor has the expected shape and, element by element, is close to the expected one.</summary>
    /// <param name="expected">What it should be, of any shape.</param>
    /// <param name="found">The reader's answer; null is an exercise not yet done.</param>
    /// <param name="hint">What is wrong where an element differs.</param>
    /// <param name="tolerance">The largest difference that still counts as close.</param>
    public static void Close(Tensor expected, Tensor? found, string hint, double tolerance = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var answer = found ?? throw new NotImplementedException();
        That(answer.shape.SequenceEqual(expected.shape), $"Your tensor has the shape {Text(answer.shape)}, it should have {Text(expected.shape)}.");
        var far = (answer.to(float64) - expected.to(float64)).abs().AtMost(tolerance).logical_not_(); // true for NaN too
        That(!far.any().Number<bool>(), $"{far.sum().Number<long>()} of {far.numel()} numbers differ. {hint}");
    }

    private static T Given<T>(T? found)
        where T : struct => found ?? throw new NotImplementedException();

    private static string Text<T>(IEnumerable<T> values) => $"[{string.Join(", ", values.Select(value => Text(value)))}]";

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
