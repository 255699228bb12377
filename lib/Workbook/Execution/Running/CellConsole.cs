using System.Text;
using Workbook.Outputs;

namespace Workbook.Execution.Running;

/// <summary>Redirects the process's console to the cell whose code uses it; code outside all cells keeps the console that was there.</summary>
internal static class CellConsole
{
    private static readonly Lock Taking = new();
    private static (TextWriter Out, TextWriter Error, TextReader In)? _own;

    /// <summary>
    /// Takes the console over, and takes it back from a cell that gave the process another one: that cell has the other until its end, and
    /// not those after it.
    /// </summary>
    public static void Take()
    {
        lock (Taking)
        {
            _own ??= (new CellWriter("stdout", Console.Out), new CellWriter("stderr", Console.Error), new CellReader());
            Console.SetOut(_own.Value.Out);
            Console.SetError(_own.Value.Error);
            Console.SetIn(_own.Value.In);
        }
    }

    private sealed class CellWriter : TextWriter
    {
        private readonly string _name;
        private readonly TextWriter _outside;

        public CellWriter(string name, TextWriter outside)
            : base(System.Globalization.CultureInfo.InvariantCulture)
        {
            (_name, _outside) = (name, outside);
            CoreNewLine = ['\n'];
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

        public override void Write(string? value)
        {
            if (RunningCell.Current is not { } cell)
            {
                _outside.Write(value);
            }
            else if (!string.IsNullOrEmpty(value))
            {
                cell.Send(new StreamOutput(_name, value));
            }
        }

        // In one piece, so that a line of one thread is not torn by another's.
        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Flush()
        {
            if (RunningCell.Current is null)
            {
                _outside.Flush();
            }
        }
    }

    // The terminal, if there is one, belongs to whoever started the program and not to a cell.
    private sealed class CellReader : TextReader
    {
        private string _line = "";
        private int _position;

        public override string? ReadLine()
        {
            if (_position < _line.Length)
            {
                var rest = _line[_position..^1];
                _position = _line.Length;
                return rest;
            }
            return RunningCell.Current?.ReadLine();
        }

        public override int Peek() => Fill() ? _line[_position] : -1;

        public override int Read() => Fill() ? _line[_position++] : -1;

        private bool Fill()
        {
            if (_position == _line.Length)
            {
                (_line, _position) = (RunningCell.Current?.ReadLine() is { } line ? line + "\n" : "", 0);
            }
            return _position < _line.Length;
        }
    }
}
