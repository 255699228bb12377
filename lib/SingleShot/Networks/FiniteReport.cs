using System.Globalization;

namespace SingleShot.Networks;

/// <summary>Where NaN or infinity begins in a network, as <see cref="FiniteCheck"/> found it.</summary>
/// <param name="Place">In which kind of place.</param>
/// <param name="Name">
/// Of a parameter, a buffer or a layer its name in the network, such as <c>backbone.features.0</c>, empty for the network itself; of
/// the input <c>input</c>; empty where all is finite.
/// </param>
/// <param name="Count">How many of its numbers are not finite; 0 where all is finite.</param>
/// <param name="Total">How many numbers it has.</param>
public sealed record FiniteReport(NotFinitePlace Place, string Name, long Count, long Total)
{
    /// <summary>The report of a network in which nothing is wrong.</summary>
    internal static readonly FiniteReport AllFinite = new(NotFinitePlace.Nowhere, "", 0, 0);

    /// <summary>Whether nothing was found.</summary>
    public bool IsFinite => Place == NotFinitePlace.Nowhere;

    /// <summary>What kind of layer it is, such as <c>Conv2d</c>; empty for other places.</summary>
    public string LayerType { get; init; } = "";

    /// <summary>For a layer: whether everything that it was given was finite. If it was not, the NaN comes from a computation between two layers.</summary>
    public bool InputsFinite { get; init; } = true;

    /// <summary>For the input: the first picture of the batch, from 0, that is not finite.</summary>
    public int? Picture { get; init; }

    /// <summary>For a parameter or a buffer: how many others are not finite either.</summary>
    public int Others { get; init; }

    /// <summary>One sentence: what was found, and what to do.</summary>
    public override string ToString()
    {
        var numbers = string.Create(CultureInfo.InvariantCulture, $"{Count} of {Total} numbers");
        var others = Others == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", and {Others} more tensor{(Others == 1 ? "" : "s")}");
        return Place switch
        {
            NotFinitePlace.Nowhere => "Everything is finite: the parameters, the buffers, the input and what every layer gives.",
            NotFinitePlace.Parameter =>
                $"Parameter {Name} is NaN or infinite in {numbers}{others}, before anything ran: load the weights again, or go on from the last good checkpoint.",
            NotFinitePlace.Buffer =>
                $"Buffer {Name} is NaN or infinite in {numbers}{others}, before anything ran: a training has spoiled it; load the weights again, "
                + "or go on from the last good checkpoint.",
            NotFinitePlace.Input =>
                $"The input is NaN or infinite in {numbers}, first in picture {Picture} of the batch: look at how that picture was made and normalized.",
            _ when InputsFinite =>
                $"NaN or infinity begins in {Layer}: {numbers} that it gives are not finite, though its weights and what it takes are: they have "
                + "grown too large, as with a learning rate that is too high.",
            _ =>
                $"NaN or infinity begins just before {Layer}, in a computation that is no layer: {numbers} that the layer gives are not finite, "
                + "and what it takes is not finite already.",
        };
    }

    private string Layer => Name.Length == 0 ? $"the network itself, {LayerType}," : $"layer {Name} ({LayerType})";
}

/// <summary>Where the first number that is NaN or infinite was found.</summary>
public enum NotFinitePlace
{
    /// <summary>Nowhere: all is finite.</summary>
    Nowhere,

    /// <summary>In a parameter, before anything ran.</summary>
    Parameter,

    /// <summary>In a buffer, such as a running variance, before anything ran.</summary>
    Buffer,

    /// <summary>In the input.</summary>
    Input,

    /// <summary>In what a layer gives.</summary>
    Layer,
}

/// <summary>A network's predictions hold NaN or infinity, which no threshold passes: an answer would look like an empty picture.</summary>
/// <param name="message">What happened, to which picture, and where it began.</param>
/// <param name="report">Where it began.</param>
/// <param name="picture">The first picture of the batch, from 0, whose predictions are not finite.</param>
public sealed class NetworkNotFiniteException(string message, FiniteReport report, int picture) : InvalidOperationException(message)
{
    /// <summary>Where it began.</summary>
    public FiniteReport Report { get; } = report;

    /// <summary>The first picture of the batch, from 0, whose predictions are not finite.</summary>
    public int Picture { get; } = picture;
}
