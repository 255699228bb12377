using System.Globalization;
using System.Text;

namespace SingleShot.Figures;

/// <summary>Text for machines to read, whose numbers look the same in every country.</summary>
internal static class InvariantText
{
    /// <summary>Appends an interpolated text, and returns the builder.</summary>
    public static StringBuilder Add(this StringBuilder builder, FormattableString text) =>
        builder.Append(text.ToString(CultureInfo.InvariantCulture));
}
