using System.Runtime.CompilerServices;

namespace SingleShot.Winograd;

/// <summary>A convolution of 3 x 3, stride 1 and padding 1, in tiles: transform the tiles, multiply 36 pairs of matrices, transform back.</summary>
/// <typeparam name="T">A register.</typeparam>
internal static unsafe class TiledConvolution<T> where T : struct, ILanes<T>
{
    private const int TilesOfBlock = 8 * MatrixProduct<T>.Rows; // their products are 220 KiB at most: they stay in the cache of one core
    private const int InputsOfBlock = 128; // the weights of a block are 16 KiB at most: half of the nearest cache

    /// <summary>Convolves.</summary>
    /// <param name="input">The maps.</param>
    /// <param name="grid">Their tiles.</param>
    /// <param name="weights">From the input's channels to K.</param>
    /// <param name="bias">[K]; null for none.</param>
    /// <param name="rectify">Whether a ReLU follows.</param>
    /// <param name="output">Receives [N, H, W, K].</param>
    public static void Run(MapTiles<T> input, TileGrid grid, WeightTransform<T> weights, float* bias, bool rectify, float* output)
    {
        var target = new Target(grid, weights.Outputs, bias, rectify, output);
        if (grid.Count > weights.Outputs)
        {
            ByTiles(input, weights, target);
        }
        else
        {
            ByPanels(input, weights, target);
        }
    }

    /// <summary>Where there is more to transform of the maps than of the weights: the weights first, for all; then each part transforms some tiles and has done with them.</summary>
    private static void ByTiles(MapTiles<T> input, WeightTransform<T> weights, Target target)
    {
        nint row = input.Channels, ofValue = Scratch.Apart(TilesOfBlock * row);
        using var panels = new Scratch(weights.Panels * weights.OfPanel);
        var ofPanels = panels.Start;
        weights.All(ofPanels);
        Work.InParts(Blocks(target.Grid), block =>
        {
            var tiles = Tiles.OfBlock(target.Grid, block);
            using var values = new Scratch(Tile.Values * ofValue); // [36, tiles, row]
            using var products = new Scratch(Tile.Values * OfProduct); // [36, tiles, columns]
            for (var i = 0; i < tiles.Count; i++)
            {
                input.Input(tiles.First + i, values.Start + (i * row), ofValue);
            }
            for (var panel = 0; panel < weights.Panels; panel++)
            {
                Multiply(values.Start, row, ofValue, weights, ofPanels + (panel * weights.OfPanel), products.Start, tiles.Count);
                Give(products.Start, tiles, panel, target);
            }
        });
    }

    /// <summary>Where there is more to transform of the weights: the maps first, for all; then each part transforms the weights of some outputs and has done with them.</summary>
    private static void ByPanels(MapTiles<T> input, WeightTransform<T> weights, Target target)
    {
        nint row = input.Channels, ofValue = Scratch.Apart(MatrixProduct<T>.WholeRows(target.Grid.Count) * row);
        using var values = new Scratch(Tile.Values * ofValue); // [36, tiles, row]
        var ofValues = values.Start;
        Work.ForTiles(target.Grid.Count, tile => input.Input(tile, ofValues + (tile * row), ofValue));
        Work.InParts(weights.Panels, panel =>
        {
            using var matrices = new Scratch(weights.OfPanel);
            using var products = new Scratch(Tile.Values * OfProduct); // [36, tiles, columns]
            weights.Panel(panel, matrices.Start);
            for (var block = 0; block < Blocks(target.Grid); block++)
            {
                var tiles = Tiles.OfBlock(target.Grid, block);
                Multiply(ofValues + (tiles.First * row), row, ofValue, weights, matrices.Start, products.Start, tiles.Count);
                Give(products.Start, tiles, panel, target);
            }
        });
    }

    private static nint OfProduct => Scratch.Apart(TilesOfBlock * MatrixProduct<T>.Columns);

    private static int Blocks(TileGrid grid) => (grid.Count + TilesOfBlock - 1) / TilesOfBlock;

    /// <summary>The products of 36 pairs of matrices: [36, tiles, inputs] and [36, inputs, columns] to [36, tiles, columns].</summary>
    private static void Multiply(float* values, nint row, nint ofValue, WeightTransform<T> weights, float* panel, float* products, int tiles)
    {
        var (inputs, columns) = (weights.Inputs, MatrixProduct<T>.Columns);
        for (var value = 0; value < Tile.Values; value++)
        {
            for (var input = 0; input < inputs; input += InputsOfBlock)
            {
                for (var tile = 0; tile < tiles; tile += MatrixProduct<T>.Rows)
                {
                    MatrixProduct<T>.Block(
                        Math.Min(InputsOfBlock, inputs - input), values + (value * ofValue) + (tile * row) + input, row, 1,
                        panel + (value * weights.OfValue) + (input * columns), products + (value * OfProduct) + (tile * columns), columns, add: input > 0);
                }
            }
        }
    }

    /// <summary>Transforms a panel's products back and writes them.</summary>
    private static void Give(float* products, Tiles tiles, int panel, Target target)
    {
        var columns = MatrixProduct<T>.Columns;
        var first = panel * columns;
        for (var i = 0; i < tiles.Count; i++)
        {
            var place = target.Grid.Place(tiles.First + i);
            for (var channel = first; channel < Math.Min(target.Channels, first + columns); channel += T.Count)
            {
                Give(products + (i * columns) + channel - first, place, channel, target);
            }
        }
    }

    /// <summary>Transforms the products of a tile back, for as many channels as a register has lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Give(float* products, TilePlace place, int channel, Target target)
    {
        var ofValue = OfProduct;
        var rowsMemory = stackalloc float[(Tile.Side * Tile.Size * T.Count) + Scratch.Line];
        var rows = Scratch.Aligned(rowsMemory); // [4, 6, lanes], the columns transformed
        nint row = Tile.Size * T.Count;
        for (var x = 0; x < Tile.Size; x++, products += ofValue)
        {
            var (y0, y1, y2, y3) = Output(products, Tile.Size * ofValue);
            var to = rows + (x * T.Count);
            y0.Store(to);
            y1.Store(to + row);
            y2.Store(to + (2 * row));
            y3.Store(to + (3 * row));
        }
        var (grid, channels, rectify) = (target.Grid, target.Channels, target.Rectify);
        var bias = target.Bias == null ? default : T.Load(target.Bias + channel);
        var width = Math.Min(Tile.Side, grid.Width - place.X);
        for (var y = 0; y < Math.Min(Tile.Side, grid.Height - place.Y); y++)
        {
            var (x0, x1, x2, x3) = Output(rows + (y * row), T.Count);
            var to = target.Output + (grid.Cell(place.Picture, place.Y + y, place.X) * channels) + channel;
            Give(x0 + bias, rectify, to);
            if (width > 1)
            {
                Give(x1 + bias, rectify, to + channels);
            }
            if (width > 2)
            {
                Give(x2 + bias, rectify, to + (2 * channels));
            }
            if (width > 3)
            {
                Give(x3 + bias, rectify, to + (3 * channels));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T, T, T, T) Output(float* m, nint step) => TileTransforms<T>.Output(
        T.Load(m), T.Load(m + step), T.Load(m + (2 * step)), T.Load(m + (3 * step)), T.Load(m + (4 * step)), T.Load(m + (5 * step)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Give(T numbers, bool rectify, float* to) => (rectify ? T.Rectify(numbers) : numbers).Store(to);

    private readonly record struct Tiles(int First, int Count)
    {
        public static Tiles OfBlock(TileGrid grid, int block) => new(block * TilesOfBlock, Math.Min(TilesOfBlock, grid.Count - (block * TilesOfBlock)));
    }

    /// <summary>Where the results go, and what is done with them before.</summary>
    private sealed class Target(TileGrid grid, int channels, float* bias, bool rectify, float* output)
    {
        public readonly TileGrid Grid = grid;
        public readonly int Channels = channels;
        public readonly float* Bias = bias;
        public readonly bool Rectify = rectify;
        public readonly float* Output = output;
    }
}
