using AwesomeAssertions;
using Microsoft.Playwright;

namespace Browser.Tests.Jupyter;

/// <summary>Cells that show tables wider than a small window, in whichever page a notebook is open.</summary>
internal static class WideTables
{
    /// <summary>How wide the window is, in CSS pixels.</summary>
    public const int Window = 800;

    /// <summary>The markup around each table.</summary>
    public const string Boxes = "[role=group][aria-label=Table]";

    private const string Faults = """
        boxes => boxes.flatMap(box => {
          const faults = [];
          if (box.getBoundingClientRect().right > box.ownerDocument.documentElement.clientWidth) { faults.push("stands out"); }
          if (box.textContent.startsWith("index") && box.scrollWidth <= box.clientWidth) { faults.push("is not wider than its box"); }
          if ([...box.querySelectorAll("td")].some(cell => {
            const text = document.createRange();
            text.selectNodeContents(cell);
            return box.textContent.startsWith("index") && text.getClientRects().length !== 1;
          })) { faults.push("has a range on two lines"); }
          return faults.map(fault => `${fault}: ${box.textContent.slice(0, 60)}`);
        })
        """;

    /// <summary>The cells: variables, a table of them, a table of many columns, and the library's help.</summary>
    public static string[] Cells { get; } =
    [
        "#r \"lib/bin/SingleShot.dll\"\n#r \"lib/bin/SingleShot.Figures.dll\"\nusing SingleShot.Figures;\nvar named = new Dictionary<string, List<(string First, double Second)>>();\n"
            + "var ranges = new string[3, 20];\nforeach (var i in Enumerable.Range(0, 60)) { ranges[i / 20, i % 20] = \"0.790–0.817\"; }",
        "#!whos",
        "ranges // as a table",
        "Notebook.Help()",
    ];

    /// <summary>Each table is within the window, and the wide one scrolls in its own box.</summary>
    public static async Task ShouldScrollAsync(ILocator boxes)
    {
        await boxes.Nth(2).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        (await boxes.EvaluateAllAsync<string[]>(Faults)).Should().BeEmpty();
    }
}
