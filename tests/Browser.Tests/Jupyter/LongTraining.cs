using System.Text.RegularExpressions;
using AwesomeAssertions;

namespace Browser.Tests.Jupyter;

/// <summary>
/// The lesson that trains, with so many epochs that no wait of a test outlasts them, and a chart that is drawn at every tenth step instead of
/// twelve times in all.
/// </summary>
internal static partial class LongTraining
{
    /// <summary>Puts it among a server's files and says where.</summary>
    public static string In(LessonServer server) => server.Copy("notebooks/05-training.ipynb", text => With(With(text, Epochs(), "var epochs = 1000;"), Every(), "var every = 10;"));

    private static string With(string text, Regex old, string with)
    {
        old.Count(text).Should().Be(1, "the lesson has '{0}' once", old);
        return old.Replace(text, with);
    }

    [GeneratedRegex(@"var epochs = \d+;")]
    private static partial Regex Epochs();

    [GeneratedRegex(@"var every = Math\.Max\(1, steps / 12\);")]
    private static partial Regex Every();
}
