using SingleShot.Figures.Drawing;

namespace SingleShot.Figures;

/// <summary>What a check says of an exercise, as a line with a mark and a color, and the picture that a right answer has earned. The attributes tell a book which exercise it is, and how it stands.</summary>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = [Mime.Plain, Mime.Html])]
internal sealed class Verdict(int number, ExerciseOutcome outcome, string text, Figure? picture = null)
    : Figure($"Exercise {number}: {text}", width => Line(number, outcome, text) + picture?.Render(width))
{
    internal override string Script => picture?.Script ?? "";

    private static string Line(int number, ExerciseOutcome outcome, string text)
    {
        var (mark, color, name) = outcome switch
        {
            ExerciseOutcome.Right => ("✓", Palette.Line(2), "right"),
            ExerciseOutcome.Wrong => ("✗", Palette.Line(1), "wrong"),
            _ => ("○", Palette.Line(6), "not-done"),
        };
        return $"<p data-singleshot-exercise=\"{number}\" data-outcome=\"{name}\" style=\"font:14px/1.5 sans-serif;margin:4px 0;padding:4px 12px;border-left:4px solid {color}\">"
            + $"<span>{mark}</span> <strong>Exercise {number}:</strong> <span>{Html.Text(text)}</span></p>";
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
