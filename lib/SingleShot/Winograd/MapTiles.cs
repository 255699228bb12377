using System.Runtime.CompilerServices;

namespace SingleShot.Winograd;

/// <summary>Maps that are read tile by tile and transformed: [N, H, W, C], so that the lanes of a register take neighbouring channels.</summary>
/// <typeparam name="T">A register; C is a multiple of its lanes.</typeparam>
internal sealed unsafe class MapTiles<T> : IDisposable where T : struct, ILanes<T>
{
    private readonly float* _map;
    private readonly float* _outputs;
    private readonly TileGrid _grid;
    private readonly Scratch _zeros;

    /// <summary>Takes maps, which have to outlive this.</summary>
    /// <param name="map">[N, H, W, C].</param>
    /// <param name="grid">N, H and W.</param>
    /// <param name="channels">C.</param>
    /// <param name="outputs">Where the maps are gradients of a ReLU: its outputs, of the same shape. Otherwise null.</param>
    public MapTiles(float* map, TileGrid grid, int channels, float* outputs = null)
    {
        _map = map;
        _outputs = outputs;
        (_grid, Channels) = (grid, channels);
        _zeros = new Scratch(channels);
        new Span<float>(_zeros.Start, channels).Clear();
    }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>Transforms the 6 x 6 cells that a tile's convolution takes; those beyond the edge are 0.</summary>
    /// <param name="tile">Its number.</param>
    /// <param name="to">Where the first value of the first channel goes; the channels lie one after another.</param>
    /// <param name="ofValue">Numbers from one of the 36 values to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Input(int tile, float* to, nint ofValue)
    {
        var cells = stackalloc float*[2 * Tile.Values];
        Find(tile, -1, Tile.Size, cells);
        var rowsMemory = stackalloc float[(Tile.Values * T.Count) + Scratch.Line];
        var rows = Scratch.Aligned(rowsMemory); // [6, 6, lanes], the columns transformed
        var row = Tile.Size * T.Count;
        for (var channel = 0; channel < Channels; channel += T.Count)
        {
            for (var x = 0; x < Tile.Size; x++)
            {
                var of = cells + (2 * x);
                TileTransforms<T>.Input(
                    Load(of, channel), Load(of + 12, channel), Load(of + 24, channel), Load(of + 36, channel), Load(of + 48, channel), Load(of + 60, channel), rows + (x * T.Count), row);
            }
            for (var y = 0; y < Tile.Size; y++)
            {
                var of = rows + (y * row);
                TileTransforms<T>.Input(
                    T.Load(of), T.Load(of + T.Count), T.Load(of + (2 * T.Count)), T.Load(of + (3 * T.Count)), T.Load(of + (4 * T.Count)), T.Load(of + (5 * T.Count)),
                    to + channel + (y * Tile.Size * ofValue), ofValue);
            }
        }
    }

    /// <summary>Transforms the gradients of the 4 x 4 cells that a tile's convolution gives, and adds them up, too: that is the 37th value.</summary>
    /// <param name="tile">Its number.</param>
    /// <param name="to">Where the first value of the first channel goes.</param>
    /// <param name="ofValue">Numbers from one of the 36 values to the next.</param>
    /// <param name="ofPanel">Numbers from a panel, <see cref="MatrixProduct{T}.Columns"/> channels, to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OutputGradient(int tile, float* to, nint ofValue, nint ofPanel)
    {
        var cells = stackalloc float*[2 * Tile.Side * Tile.Side];
        Find(tile, 0, Tile.Side, cells);
        var rowsMemory = stackalloc float[(Tile.Size * Tile.Side * T.Count) + Scratch.Line];
        var rows = Scratch.Aligned(rowsMemory); // [6, 4, lanes], the columns transformed
        var row = Tile.Side * T.Count;
        for (var channel = 0; channel < Channels; channel += T.Count)
        {
            T sum = default;
            for (var x = 0; x < Tile.Side; x++)
            {
                var of = cells + (2 * x);
                var (y0, y1, y2, y3) = (Load(of, channel), Load(of + 8, channel), Load(of + 16, channel), Load(of + 24, channel));
                TileTransforms<T>.OutputGradient(y0, y1, y2, y3, rows + (x * T.Count), row);
                sum += y0 + y1 + (y2 + y3);
            }
            var (panel, column) = Math.DivRem(channel, MatrixProduct<T>.Columns);
            sum.Store(to + (panel * ofPanel) + column + (Tile.Values * ofValue));
            for (var y = 0; y < Tile.Size; y++)
            {
                var of = rows + (y * row);
                TileTransforms<T>.OutputGradient(
                    T.Load(of), T.Load(of + T.Count), T.Load(of + (2 * T.Count)), T.Load(of + (3 * T.Count)), to + (panel * ofPanel) + column + (y * Tile.Size * ofValue), ofValue);
            }
        }
    }

    /// <summary>Finds cells of a tile, row by row: for each where it lies, and where the output of the ReLU lies.</summary>
    private void Find(int tile, int offset, int size, float** cells)
    {
        var place = _grid.Place(tile);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++, cells += 2)
            {
                var cell = _grid.Cell(place.Picture, place.Y + y + offset, place.X + x + offset);
                cells[0] = cell < 0 ? _zeros.Start : _map + (cell * Channels);
                cells[1] = _outputs == null ? null : cell < 0 ? _zeros.Start : _outputs + (cell * Channels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Load(float** cell, int channel)
    {
        var numbers = T.Load(cell[0] + channel);
        return cell[1] == null ? numbers : T.RectifyGradient(T.Load(cell[1] + channel), numbers);
    }

    /// <inheritdoc/>
    public void Dispose() => _zeros.Dispose();
}
