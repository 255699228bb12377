using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Workbook.Book.Lessons;

/// <summary>An exercise of a lesson.</summary>
/// <param name="Number">Its number, as its check has it.</param>
/// <param name="Difficulty">How hard it is, by the stars of its text: 1 to <see cref="Hardest"/>; 0 where the text has none.</param>
/// <param name="Right">Whether the executed copy's answer is right.</param>
internal sealed partial record LessonExercise(string Number, int Difficulty, bool Right)
{
    /// <summary>The most stars that an exercise has.</summary>
    public const int Hardest = 3;

    /// <summary>The difficulty as it is shown.</summary>
    public string Stars => new('★', Difficulty);

    /// <summary>The difficulty in words, for a reader who does not see the stars.</summary>
    public string InWords => Words(Difficulty);

    /// <summary>Reads the exercises of a lesson, and gives the stars in their text words.</summary>
    /// <param name="article">The lesson's elements. An exercise's text is a paragraph that begins as <c>**2.** ★★</c> does; its check follows.</param>
    public static ImmutableArray<LessonExercise> ReadFrom(IElement article)
    {
        var difficulties = new Dictionary<string, int>();
        foreach (var number in article.QuerySelectorAll(".prose > p > strong:first-child"))
        {
            if (number.NextSibling is IText text && StarsAtTheStart().Match(text.Data) is { Success: true } found)
            {
                var stars = found.Groups["stars"];
                difficulties[number.TextContent.TrimEnd('.')] = stars.Length;
                var image = number.Owner!.CreateElement("span");
                image.ClassName = "stars";
                image.SetAttribute("role", "img");
                image.SetAttribute("aria-label", Words(stars.Length));
                image.TextContent = stars.Value;
                text.Data = text.Data[found.Length..];
                number.InsertAfter(number.Owner.CreateTextNode(" "), image);
            }
        }
        return [.. article.QuerySelectorAll("[data-singleshot-exercise]").Select(check => (Check: check, Number: check.GetAttribute("data-singleshot-exercise")!))
            .Select(one => new LessonExercise(one.Number, difficulties.GetValueOrDefault(one.Number), one.Check.GetAttribute("data-outcome") == "right"))];
    }

    private static string Words(int difficulty) => string.Create(CultureInfo.InvariantCulture, $"difficulty {difficulty} of {Hardest}");

    [GeneratedRegex("^ (?<stars>★{1,3})(?= )")]
    private static partial Regex StarsAtTheStart();
}
