using SingleShot.Boxes;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using SingleShot.Models;

namespace SingleShot.Figures.Explorers;

/// <summary>The default boxes of a model, cell by cell.</summary>
internal static class DefaultBoxExplorer
{
    public static Figure Of(RgbImage image, SsdSpecification model, string caption)
    {
        var boxes = model.DefaultBoxes();
        var number = Math.Min(1, model.Maps.Count - 1); // the second map: its boxes are large enough to see
        var map = model.Maps[number];
        var middle = map.Size / 2;
        var cell = boxes.Where(box => box.Map == number && box.Row == middle && box.Column == middle).ToList();
        var explorer = new Explorer("default-boxes", caption, Controls(model, number), Status(cell[0], model), new
        {
            Model = ExplorerData.Model(model),
            ExplorerData.Colors,
            image.Width,
            image.Height,
        })
        {
            Details = Tally(model, boxes, number),
        };
        // The chosen box is drawn thick, the others of its cell as solid lines, or dotted where they leave the image.
        var drawn = cell.Select((box, shape) => BoxOnImage.Of(box, image) with
        {
            Group = Math.Max(0, shape - 1),
            Style = shape == 0 ? BoxStyle.Thick : Leaves(box) ? BoxStyle.Dotted : BoxStyle.Solid,
            Mark = CenterMark.None,
        }).ToList();
        return explorer.On(new PictureSvg(image, [new PictureLayer([], ("data-layer", "grid")), PictureLayer.Moving(drawn)], caption, [Room(boxes, number, image)]));
    }

    /// <summary>The picture with a margin that has room for all boxes of a map, the same fraction of it on each side; the script makes room for another map in the same way.</summary>
    private static BoxOnImage Room(DefaultBoxes boxes, int map, RgbImage image)
    {
        var beyond = boxes.Where(box => box.Map == map).Max(box => Math.Max(Math.Max(box.Width / 2 - box.CenterX, box.CenterX + box.Width / 2 - 1), Math.Max(box.Height / 2 - box.CenterY, box.CenterY + box.Height / 2 - 1)));
        return new BoxOnImage(new BoundingBox(-beyond * image.Width, -beyond * image.Height, (1 + beyond) * image.Width, (1 + beyond) * image.Height));
    }

    private static bool Leaves(DefaultBox box) =>
        box.CenterX - box.Width / 2 < 0 || box.CenterY - box.Height / 2 < 0 || box.CenterX + box.Width / 2 > 1 || box.CenterY + box.Height / 2 > 1;

    private static string Controls(SsdSpecification model, int number)
    {
        var map = model.Maps[number];
        return Control.Choice("map", "Map", $"{number}", model.Maps.Select((m, k) => ($"{k}", $"map {k}: {m.Size} x {m.Size} cells, {m.BoxesPerCell} boxes each")))
            + Control.Slider("row", "Row of the cell", 0, map.Size - 1, 1, map.Size / 2)
            + Control.Slider("column", "Column of the cell", 0, map.Size - 1, 1, map.Size / 2)
            + Control.Choice("shape", "Shape, width : height", "0", ("0", "square")) // the script knows those of every map
            + Control.Choice("show", "Beside it", "cell",
                ("cell", "the other boxes of its cell"), ("neighbors", "its neighbors of the same shape"),
                ("leaving", "all of its map that leave the image"), ("all", "all of its map"));
    }

    private static string Status(DefaultBox box, SsdSpecification model)
    {
        string Pixels(double value) => Html.Number(value * model.InputSize, 1);
        return $"Default box {box.Index}: map {box.Map}, row {box.Row}, column {box.Column}, scale {Html.Number(box.Scale, 3)}, aspect ratio {Html.Number(box.AspectRatio, 3)}. "
            + $"Center ({Pixels(box.CenterX)}, {Pixels(box.CenterY)}), {Pixels(box.Width)} x {Pixels(box.Height)} pixels of the {model.InputSize} x {model.InputSize} input.";
    }

    private static string Tally(SsdSpecification model, DefaultBoxes boxes, int chosen)
    {
        var sum = 0;
        return Table.Of(
            ["map", "cells x boxes", "boxes", "sum", "leave the image"],
            model.Maps.Select((map, k) => new TableRow(
                [k, $"{map.Size}² x {map.BoxesPerCell}", map.BoxCount, sum += map.BoxCount, boxes.Count(box => box.Map == k && Leaves(box))],
                k == chosen ? "singleshot-chosen" : null)));
    }
}
