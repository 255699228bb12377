namespace SingleShot.Figures.Drawing;

/// <summary>A whole page around a figure.</summary>
internal static class Page
{
    public static string Of(Figure figure) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{Html.Text(figure.Summary)}}</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 sans-serif; max-width: 1100px; margin: 24px auto; padding: 0 16px; }
        @media (prefers-color-scheme: dark) { body { background: #1e1e1e; color: #d4d4d4; } }
        </style>
        </head>
        <body>
        {{figure.Script}}
        {{figure.ToHtml()}}
        </body>
        </html>

        """;
}
