using System.Runtime.CompilerServices;

namespace SingleShot.Winograd;

/// <summary>Turns a convolution's weights into 36 matrices [inputs, outputs], one for each value of a tile.</summary>
/// <remarks>The matrices are made in panels of as many outputs as a block of <see cref="MatrixProduct{T}"/> has columns: [36, inputs, columns]. Columns without an output are 0.</remarks>
/// <typeparam name="T">A register.</typeparam>
internal sealed unsafe class WeightTransform<T> where T : struct, ILanes<T>
{
    private const int InputsOfPart = 16;

    private readonly float* _weights;
    private readonly bool _backwards;
    private readonly nint _ofInput; // numbers from one input's weights to the next input's
    private readonly nint _ofOutput;

    /// <summary>Takes weights, which have to outlive this.</summary>
    /// <param name="weights">[K, C, 3, 3].</param>
    /// <param name="shape">K and C.</param>
    /// <param name="backwards">
    /// Whether the weights are to lead from the gradient of the output to that of the input: C outputs, K inputs, and the 3 x 3 turned by half a turn.
    /// </param>
    public WeightTransform(float* weights, WeightShape shape, bool backwards)
    {
        _weights = weights;
        _backwards = backwards;
        nint tap = Tile.Taps, row = (nint)shape.Inputs * Tile.Taps;
        (Inputs, Outputs, _ofInput, _ofOutput) = backwards ? (shape.Outputs, shape.Inputs, row, tap) : (shape.Inputs, shape.Outputs, tap, row);
    }

    /// <summary>Channels that go in.</summary>
    public int Inputs { get; }

    /// <summary>Channels that come out.</summary>
    public int Outputs { get; }

    /// <summary>Number of panels.</summary>
    public int Panels => (Outputs + MatrixProduct<T>.Columns - 1) / MatrixProduct<T>.Columns;

    /// <summary>Numbers of one of a panel's 36 matrices.</summary>
    public nint OfValue => Scratch.Apart((nint)Inputs * MatrixProduct<T>.Columns);

    /// <summary>Numbers of a panel.</summary>
    public nint OfPanel => Tile.Values * OfValue;

    /// <summary>Makes a panel.</summary>
    public void Panel(int panel, float* to)
    {
        for (var input = 0; input < Inputs; input += InputsOfPart)
        {
            Transform(panel, input, to + (input * MatrixProduct<T>.Columns));
        }
    }

    /// <summary>Makes all panels, one after another.</summary>
    public void All(float* to)
    {
        var parts = (Inputs + InputsOfPart - 1) / InputsOfPart;
        Work.InParts(Panels * parts, part =>
        {
            var (panel, inputs) = Math.DivRem(part, parts);
            Transform(panel, inputs * InputsOfPart, to + (panel * OfPanel) + (inputs * InputsOfPart * MatrixProduct<T>.Columns));
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform(int panel, int firstInput, float* to)
    {
        var columns = MatrixProduct<T>.Columns;
        var (inputs, outputs) = (Math.Min(InputsOfPart, Inputs - firstInput), Math.Min(columns, Outputs - (panel * columns)));
        var tapsMemory = stackalloc float[(Tile.Taps * InputsOfPart * columns) + Scratch.Line];
        var taps = Scratch.Aligned(tapsMemory); // [9, inputs, columns]
        new Span<float>(taps, Tile.Taps * InputsOfPart * columns).Clear();
        nint ofTap = InputsOfPart * columns;
        for (var output = 0; output < outputs; output++)
        {
            for (var input = 0; input < inputs; input++)
            {
                var from = _weights + (((panel * columns) + output) * _ofOutput) + ((firstInput + input) * _ofInput);
                var place = taps + (input * columns) + output;
                for (var tap = 0; tap < Tile.Taps; tap++)
                {
                    place[tap * ofTap] = from[_backwards ? Tile.Taps - 1 - tap : tap];
                }
            }
        }
        var rowsMemory = stackalloc float[(Tile.Size * 3 * T.Count) + Scratch.Line];
        var rows = Scratch.Aligned(rowsMemory); // [6, 3, lanes], the columns transformed
        var (column, row) = (T.Count, 3 * T.Count);
        for (var place = 0; place < inputs * columns; place += T.Count, to += T.Count)
        {
            var from = taps + place;
            for (var x = 0; x < 3; x++, from += ofTap)
            {
                TileTransforms<T>.Weights(T.Load(from), T.Load(from + (3 * ofTap)), T.Load(from + (6 * ofTap)), rows + (x * column), row);
            }
            for (var y = 0; y < Tile.Size; y++)
            {
                var of = rows + (y * row);
                TileTransforms<T>.Weights(T.Load(of), T.Load(of + column), T.Load(of + (2 * column)), to + (y * Tile.Size * OfValue), OfValue);
            }
        }
    }
}
