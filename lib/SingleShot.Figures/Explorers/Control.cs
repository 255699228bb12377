using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures.Explorers;

/// <summary>A native control of an explorer, with its label: a keyboard moves it and a screen reader reads it.</summary>
internal static class Control
{
    /// <summary>A slider with its value beside it.</summary>
    /// <param name="name">What the script calls it.</param>
    /// <param name="label">What a reader sees.</param>
    /// <param name="from">Its smallest value.</param>
    /// <param name="to">Its largest value.</param>
    /// <param name="step">Distance between neighboring values.</param>
    /// <param name="value">Where it stands at first.</param>
    /// <param name="values">A text for each of its values from 0, in place of the number; none if null.</param>
    public static string Slider(string name, string label, double from, double to, double step, double value, IReadOnlyList<string>? values = null)
    {
        var texts = values is null ? "" : $" data-values=\"{Text(string.Join('|', values.Select(v => v.Replace('|', '/'))))}\"";
        return $"<div class=\"singleshot-control\"><label>{Text(label)}<input type=\"range\" name=\"{name}\" min=\"{Number(from)}\" max=\"{Number(to)}\" "
            + $"step=\"{Number(step, 4)}\" value=\"{Number(value, 4)}\"{texts}></label><span aria-hidden=\"true\"></span></div>";
    }

    /// <summary>A list to choose one of.</summary>
    /// <param name="name">What the script calls it.</param>
    /// <param name="label">What a reader sees.</param>
    /// <param name="chosen">The value that is chosen at first.</param>
    /// <param name="options">For each choice its value and its text.</param>
    public static string Choice(string name, string label, string chosen, params IEnumerable<(string Value, string Text)> options)
    {
        var items = options.Select(o => $"<option value=\"{Text(o.Value)}\"{(o.Value == chosen ? " selected" : "")}>{Text(o.Text)}</option>");
        return $"<div class=\"singleshot-control\"><label>{Text(label)}<select name=\"{name}\">{string.Concat(items)}</select></label></div>";
    }

    /// <summary>Controls that belong together, two in a row.</summary>
    /// <param name="legend">What they do.</param>
    /// <param name="controls">Their markup.</param>
    public static string Group(string legend, string controls) => $"<fieldset><legend>{Text(legend)}</legend>{controls}</fieldset>";

    /// <summary>A button; the script says what it does.</summary>
    public static string Button(string name, string label) => $"<button type=\"button\" name=\"{name}\">{Text(label)}</button>";

    /// <summary>A button that moves a slider step by step.</summary>
    /// <param name="slider">The slider's name.</param>
    /// <param name="milliseconds">How long each step is shown.</param>
    public static string Play(string slider, double milliseconds = 700) =>
        $"<button type=\"button\" data-play=\"{slider}\" data-milliseconds=\"{Number(milliseconds)}\">Play</button>";
}
