using System.Collections;
using System.Net;
using System.Reflection;
using System.Text;
using Workbook.Formatting;
using Workbook.Outputs;

namespace Workbook.Execution.Directives;

/// <summary>The variables of a session: name, type, and the value in a few words.</summary>
internal static class VariableTable
{
    private const int MaxValue = 60;

    /// <summary>The table as text and as HTML.</summary>
    public static MimeBundle Of(IEnumerable<(FieldInfo Field, object State)> variables)
    {
        var rows = variables.Select(one => (one.Field.Name, Type: TypeName.Of(one.Field.FieldType), Value: Short(one.Field.GetValue(one.State)))).ToList();
        if (rows.Count == 0)
        {
            return MimeBundle.Of(MimeBundle.PlainType, "(no variables)");
        }
        var (name, type) = (rows.Max(row => row.Name.Length), rows.Max(row => row.Type.Length));
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var head in new[] { "name", "type", "value" })
        {
            html.Append("<th style=\"text-align:left\">").Append(head).Append("</th>");
        }
        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var text in new[] { row.Name, row.Type, row.Value })
            {
                html.Append("<td style=\"text-align:left\">").Append(WebUtility.HtmlEncode(text)).Append("</td>");
            }
            html.Append("</tr>");
        }
        var plain = string.Join('\n', rows.Select(row => $"{row.Name.PadRight(name)}  {row.Type.PadRight(type)}  {row.Value}"));
        return MimeBundle.Of(MimeBundle.PlainType, plain).WithHtml(HtmlWriter.InItsOwnBox(html.Append("</tbody></table>").ToString()));
    }

    private static string Short(object? value)
    {
        // A query would run when looked at, with all that it does besides.
        if (value is IEnumerable and not (string or ICollection))
        {
            return "(a sequence)";
        }
        var text = PlainTextWriter.Write(value).ReplaceLineEndings(" ");
        return text.Length <= MaxValue ? text : text[..MaxValue] + "…";
    }
}
