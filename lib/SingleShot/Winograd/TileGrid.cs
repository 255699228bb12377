namespace SingleShot.Winograd;

/// <summary>Maps cut into tiles of 4 x 4 cells; those at the right and lower edges may reach beyond.</summary>
/// <param name="Pictures">Number of maps, N.</param>
/// <param name="Height">Cells of a map from top to bottom.</param>
/// <param name="Width">Cells of a map from left to right.</param>
internal readonly record struct TileGrid(int Pictures, int Height, int Width)
{
    /// <summary>Number of tiles of all maps.</summary>
    public int Count => Pictures * Rows * Columns;

    private int Rows => (Height + Tile.Side - 1) / Tile.Side;

    private int Columns => (Width + Tile.Side - 1) / Tile.Side;

    /// <summary>Where a tile begins.</summary>
    /// <param name="tile">Counted row by row, map after map.</param>
    public TilePlace Place(int tile)
    {
        var (row, column) = Math.DivRem(tile, Columns);
        var (picture, rowInPicture) = Math.DivRem(row, Rows);
        return new TilePlace(picture, rowInPicture * Tile.Side, column * Tile.Side);
    }

    /// <summary>The number of a cell among those of all maps; -1 for one beyond the edge of its map.</summary>
    public long Cell(int picture, int y, int x) => y < 0 || y >= Height || x < 0 || x >= Width ? -1 : (((long)picture * Height) + y) * Width + x;
}

/// <summary>The first cell of a tile.</summary>
internal readonly record struct TilePlace(int Picture, int Y, int X);
