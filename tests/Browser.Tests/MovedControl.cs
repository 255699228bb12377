using System.Text.Json;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>A slider or list of an explorer after it has been moved, as a hand moves it: a list to each of its choices, a slider to both ends.</summary>
/// <param name="Name">The explorer, its number among those of the page, and the control.</param>
/// <param name="Choices">How many places it was moved to.</param>
/// <param name="Looks">How many of these looked different, in words or picture.</param>
internal sealed record MovedControl(string Name, int Choices, int Looks)
{
    // Once from the first control to the last and once the other way: a map of one cell leaves no choice of rows, and scales times 1 are those of any map.
    private const string Move = """
        () => JSON.stringify([...document.querySelectorAll("[data-singleshot-explorer]")].flatMap((figure, number) => {
          const controls = [...figure.querySelectorAll("input[type=range], select")], moved = new Map();
          const set = (control, value) => {
            control.value = value;
            control.dispatchEvent(new Event("input", { bubbles: true }));
          };
          const look = () => figure.querySelector("[role=status]").textContent
            + [...figure.querySelectorAll("svg g")].filter(g => getComputedStyle(g).display !== "none").map(g => g.innerHTML).join();
          const first = controls.map(control => control.value);
          for (const order of [controls, [...controls].reverse()]) {
            for (const control of order) {
              const choices = control.options ? [...control.options].map(option => option.value) : [control.min, control.max];
              const looks = new Set(choices.map(value => { set(control, value); return look(); })).size;
              if (looks > (moved.get(control)?.looks ?? 0)) { moved.set(control, { choices: choices.length, looks }); }
            }
            controls.forEach((control, i) => set(control, first[i]));
          }
          return controls.map(control => ({ name: `${figure.dataset.singleshotExplorer} ${number}: ${control.name}`, ...moved.get(control) }));
        }))
        """;

    /// <summary>Moves every control of every explorer in the page, and puts it back.</summary>
    public static async Task<IReadOnlyList<MovedControl>> AllOfAsync(IPage page) =>
        JsonSerializer.Deserialize<MovedControl[]>(await page.EvaluateAsync<string>(Move), JsonSerializerOptions.Web)!;
}
