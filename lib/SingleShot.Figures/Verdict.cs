using SingleShot.Figures.Drawing;

namespace SingleShot.Figures;

/// <summary>What a check says of an exercise, as a line with a mark and a color.</summary>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = [Mime.Plain, Mime.Html])]
internal sealed class Verdict(int number, ExerciseOutcome outcome, string text)
    : Figure($"Exercise {number}: {text}", _ => Line(number, outcome, text))
{
    private static string Line(int number, ExerciseOutcome outcome, string text)
    {
        var (mark, color) = outcome switch
        {
            ExerciseOutcome.Right => ("✓", Palette.Line(2)),
            ExerciseOutcome.Wrong => ("✗", Palette.Line(1)),
            _ => ("○", Palette.Line(6)),
        };
        return $"<p style=\"font:14px/1.5 sans-serif;margin:4px 0;padding:4px 12px;border-left:4px solid {color}\">"
            + $"{mark} <strong>Exercise {number}:</strong> {Html.Text(text)}</p>";
    }
}

internal enum ExerciseOutcome
{
    NotDone,
    Wrong,
    Right,
}

/// <summary>An answer to an exercise is not the right one; the message is the hint.</summary>
internal sealed class WrongAnswerException(string hint) : Exception(hint);
