using System.Globalization;
using SingleShot.Figures.Drawing;
using SingleShot.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Figures.Values;

/// <summary>The layers of a network: those that hold no other layers, in the order of their names' registration.</summary>
internal static class LayerTable
{
    public static Figure Draw(nn.Module network)
    {
        var layers = network.named_modules().Where(one => !one.module.children().Any()).DefaultIfEmpty((name: "(itself)", module: network)).ToList();
        var weights = network.parameters().ToList();
        var name = network is SsdNetwork ssd ? SpecificationTable.Summary(ssd.Specification) : network.GetName();
        var summary = string.Create(
            CultureInfo.InvariantCulture, $"{name}; {Annotated.Count(layers.Count, "layer")}, {weights.Sum(weight => weight.numel()):N0} parameters, {Frozen(weights)}");
        return new Figure(summary, width => CaptionedTable.Of(
            summary, width, ["layer", "what it is", "weights", "parameters"],
            layers.Select(layer => new TableRow(
            [
                layer.name, Kind(layer.module),
                string.Join("; ", layer.module.named_parameters(recurse: false).Select(one => $"{one.name} [{string.Join(", ", one.parameter.shape)}]")),
                layer.module.parameters(recurse: false).Sum(one => one.numel()).ToString("N0", CultureInfo.InvariantCulture),
            ]))));
    }

    private static string Frozen(List<Parameter> weights) =>
        weights.Count(weight => !weight.requires_grad) is > 0 and var frozen ? $"{frozen} of {weights.Count} tensors frozen" : "all trained";

    private static string Kind(nn.Module layer) => layer switch
    {
        Conv2d one => $"Conv2d {one.in_channels} to {one.out_channels}, {one.kernel_size[0]} x {one.kernel_size[1]}{Unless(1, one.stride?[0], "stride")}{Unless(1, one.dilation?[0], "dilation")}{Unless(1, one.groups, "groups")}",
        MaxPool2d one => $"MaxPool2d {one.kernel_size[0]} x {one.kernel_size[^1]}{Unless(1, one.stride?[0], "stride")}",
        _ => layer.GetType().Name,
    };

    private static string Unless(long usual, long? value, string name) => value is { } number && number != usual ? $", {name} {number}" : "";
}
