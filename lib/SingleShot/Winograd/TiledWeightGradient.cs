using System.Runtime.CompilerServices;

namespace SingleShot.Winograd;

/// <summary>The gradients of a convolution's weights and bias, in tiles: 36 sums over all tiles, transformed back at the end.</summary>
/// <typeparam name="T">A register.</typeparam>
internal static unsafe class TiledWeightGradient<T> where T : struct, ILanes<T>
{
    private const int Values = 1 << 22; // as many as are transformed before they are multiplied
    private const int FewestTiles = 256; // fewer would spend more time on the sums' own memory than on summing
    private const int TilesOfBlock = 128; // the gradients of a block are 16 KiB at most: half of the nearest cache
    private const int PanelsOfPart = 4; // so that the inputs of a block come from the cache of the core all times but the first
    private const int InputsOfPart = 16;

    /// <summary>Computes the gradients.</summary>
    /// <param name="input">The maps that went in, C channels.</param>
    /// <param name="gradient">The gradient of what came out, K channels.</param>
    /// <param name="grid">The tiles of both.</param>
    /// <param name="weights">Receives [K, C, 3, 3].</param>
    /// <param name="bias">Receives [K].</param>
    public static void Run(MapTiles<T> input, MapTiles<T> gradient, TileGrid grid, float* weights, float* bias)
    {
        nint columns = MatrixProduct<T>.Columns;
        var panels = (int)((gradient.Channels + columns - 1) / columns);
        var row = Scratch.Apart(input.Channels);
        var chunk = Math.Min(grid.Count, Math.Max(FewestTiles, (int)(Values / Tile.Values / (row + (panels * columns)))));
        var rows = MatrixProduct<T>.WholeRows(input.Channels);
        using var inputs = new Scratch((Tile.Values * chunk * row) + MatrixProduct<T>.Rows); // [36, chunk, row]
        using var gradients = new Scratch((Tile.Values + 1) * panels * chunk * columns); // [36 and their plain sum, panels, chunk, columns]
        using var sums = new Scratch(Tile.Values * panels * rows * columns); // [36, panels, rows, columns]
        float* inputsStart = inputs.Start, gradientsStart = gradients.Start, sumsStart = sums.Start;
        new Span<float>(bias, gradient.Channels).Clear();
        for (var first = 0; first < grid.Count; first += chunk)
        {
            var (from, count) = (first, Math.Min(chunk, grid.Count - first));
            Work.ForTiles(count, i =>
            {
                input.Input(from + i, inputsStart + (i * row), chunk * row);
                gradient.OutputGradient(from + i, gradientsStart + (i * columns), panels * chunk * columns, chunk * columns);
            });
            var groups = (panels + PanelsOfPart - 1) / PanelsOfPart;
            Work.InParts((Tile.Values + 1) * groups, part =>
            {
                var (value, group) = Math.DivRem(part, groups);
                var (panel, end) = (group * PanelsOfPart, Math.Min(panels, (group + 1) * PanelsOfPart));
                if (value == Tile.Values)
                {
                    for (; panel < end; panel++)
                    {
                        AddUp(gradientsStart + (((value * panels) + panel) * chunk * columns), count, bias + (panel * columns), (int)Math.Min(columns, gradient.Channels - (panel * columns)));
                    }
                    return;
                }
                for (var tile = 0; tile < count; tile += TilesOfBlock)
                {
                    Multiply(
                        inputsStart + (((value * chunk) + tile) * row), row, gradientsStart + (((((value * panels) + panel) * chunk) + tile) * columns), chunk * columns,
                        Math.Min(TilesOfBlock, count - tile), sumsStart + (((value * panels) + panel) * rows * columns), rows, end - panel, add: from + tile > 0);
                }
            });
        }
        var blocks = (input.Channels + InputsOfPart - 1) / InputsOfPart;
        Work.InParts(blocks * panels, part =>
        {
            var (panel, block) = Math.DivRem(part, blocks);
            var channel = block * InputsOfPart;
            Output(
                sumsStart + (((panel * rows) + channel) * columns), panels * rows * columns, Math.Min(InputsOfPart, input.Channels - channel),
                weights + (((panel * columns * input.Channels) + channel) * Tile.Taps), input.Channels * Tile.Taps, (int)Math.Min(columns, gradient.Channels - (panel * columns)));
        });
    }

    /// <summary>Adds the products of some tiles to the sums of some panels.</summary>
    private static void Multiply(float* inputs, nint row, float* gradients, nint ofPanel, int tiles, float* sums, int rows, int panels, bool add)
    {
        nint columns = MatrixProduct<T>.Columns;
        for (var panel = 0; panel < panels; panel++, gradients += ofPanel)
        {
            for (var channel = 0; channel < rows; channel += MatrixProduct<T>.Rows, sums += MatrixProduct<T>.Rows * columns)
            {
                MatrixProduct<T>.Block(tiles, inputs + channel, 1, row, gradients, sums, columns, add);
            }
        }
    }

    /// <summary>Adds rows [count, <see cref="MatrixProduct{T}.Columns"/>] to a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddUp(float* rows, int count, float* sum, int columns)
    {
        for (var column = 0; column < columns; column += T.Count)
        {
            var total = T.Load(sum + column);
            for (var i = 0; i < count; i++)
            {
                total += T.Load(rows + (i * MatrixProduct<T>.Columns) + column);
            }
            total.Store(sum + column);
        }
    }

    /// <summary>Transforms sums [36, inputs, columns] back into weights [outputs, inputs, 9].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Output(float* sums, nint ofValue, int inputs, float* weights, nint ofOutput, int outputs)
    {
        var rowsMemory = stackalloc float[(3 * Tile.Size * T.Count) + Scratch.Line];
        var rows = Scratch.Aligned(rowsMemory); // [3, 6, lanes], the columns transformed
        var tapsMemory = stackalloc float[(Tile.Taps * T.Count) + Scratch.Line];
        var taps = Scratch.Aligned(tapsMemory); // [3, 3, lanes]
        var (column, row) = (T.Count, Tile.Size * T.Count);
        for (var input = 0; input < inputs; input++)
        {
            for (var output = 0; output < outputs; output += T.Count)
            {
                var from = sums + (input * MatrixProduct<T>.Columns) + output;
                for (var x = 0; x < Tile.Size; x++, from += ofValue)
                {
                    Transform(from, Tile.Size * ofValue, rows + (x * column), row);
                }
                for (var y = 0; y < 3; y++)
                {
                    Transform(rows + (y * row), column, taps + (3 * y * T.Count), T.Count);
                }
                for (var lane = 0; lane < T.Count; lane++)
                {
                    var to = weights + ((output + lane) * ofOutput) + (input * Tile.Taps);
                    for (var tap = 0; tap < Tile.Taps; tap++)
                    {
                        to[tap] = taps[(tap * T.Count) + lane];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(float* u, nint step, float* to, nint toStep) => TileTransforms<T>.WeightsGradient(
        T.Load(u), T.Load(u + step), T.Load(u + (2 * step)), T.Load(u + (3 * step)), T.Load(u + (4 * step)), T.Load(u + (5 * step)), to, toStep);
}
