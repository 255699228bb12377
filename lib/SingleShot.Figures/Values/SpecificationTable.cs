using SingleShot.Figures.Drawing;
using SingleShot.Models;
using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures.Values;

/// <summary>A model's specification: what it is, and a line for each feature map.</summary>
internal static class SpecificationTable
{
    public static Figure Draw(SsdSpecification model) => new(Summary(model), width => CaptionedTable.Of(
        Summary(model), width, ["map", "cells", "step", "scale", "aspect ratios", "boxes a cell", "boxes"],
        model.Maps.Select((map, k) => new TableRow(
            [
                k, $"{map.Size} x {map.Size}", Number(map.Step), Number(map.Scale, 3),
                string.Join(", ", map.AspectRatios.Select(ratio => Number(ratio)).Prepend("1")), map.BoxesPerCell, map.BoxCount,
            ]))));

    /// <summary>The model in a line.</summary>
    public static string Summary(SsdSpecification model) =>
        $"{model.Name}: {model.InputSize} x {model.InputSize} pixels, {model.Base}, {Annotated.Count(model.ClassNames.Count, "class", "classes")}, {model.BoxCount} default boxes";
}
