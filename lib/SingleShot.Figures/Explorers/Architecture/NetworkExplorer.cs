using SingleShot.Figures.Drawing;
using SingleShot.Models;
using static System.FormattableString;

namespace SingleShot.Figures.Explorers.Architecture;

/// <summary>The way of a picture through a model, map by map, to the predictions.</summary>
internal static class NetworkExplorer
{
    public static Figure Of(SsdSpecification model, string caption)
    {
        var parts = NetworkParts.Of(model);
        var notes = parts.Select(part => Note(model, part))
            .Append(Invariant($"All maps together: {model.BoxCount} default boxes, each with 4 offsets and {model.ScoreCount} scores, in one list.")).ToList();
        var explorer = new Explorer("network", caption,
            Control.Slider("step", "Part", 0, parts.Count, 1, parts.Count, [.. parts.Select(part => part.Name), "all"]) + Control.Play("step"),
            notes[^1], new { Notes = notes, Maps = parts.Select(part => part.Map ?? -1).Append(-1) })
        {
            Details = Tally(model, parts),
        };
        return explorer.On(_ => NetworkDrawing.Draw(model, parts, caption));
    }

    private static string Note(SsdSpecification model, NetworkPart part)
    {
        var shape = Invariant($"{part.Name}: {part.Layers}. It has {part.Channels} channels of {part.Size} x {part.Size}.");
        if (part.Map is not { } number)
        {
            return part.Channels == 3 ? shape : $"{shape} No head looks at it.";
        }

        var map = model.Maps[number];
        var sum = model.Maps.Take(number + 1).Sum(m => m.BoxCount);
        return Invariant($"{shape} This is map {number}. Its heads give {4 * map.BoxesPerCell} offsets and {model.ScoreCount * map.BoxesPerCell} scores for each cell: ")
            + Invariant($"4 and {model.ScoreCount} for each of its {map.BoxesPerCell} default boxes. The squares have {Side(map.Scale)} and {Side(Math.Sqrt(map.Scale * map.NextScale))} pixels. ")
            + Invariant($"With this map there are {sum} default boxes.");
        string Side(double scale) => Html.Number(scale * model.InputSize, 0);
    }

    private static string Tally(SsdSpecification model, IReadOnlyList<NetworkPart> parts)
    {
        var sum = 0;
        return Table.Of(
            ["map", "of", "cells x boxes", "boxes", "sum"],
            parts.Where(part => part.Map is not null).Zip(model.Maps, (part, map) =>
                new TableRow([part.Map!.Value, part.Name, $"{map.Size}² x {map.BoxesPerCell}", map.BoxCount, sum += map.BoxCount])));
    }
}
