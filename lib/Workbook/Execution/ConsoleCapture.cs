using System.Text;

namespace Workbook.Execution;

/// <summary>While it lives, what is written to the console goes to a cell's outputs.</summary>
internal sealed class ConsoleCapture : IDisposable
{
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;

    public ConsoleCapture(OutputSink sink)
    {
        Console.SetOut(new SinkWriter(sink, "stdout"));
        Console.SetError(new SinkWriter(sink, "stderr"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
    }

    private sealed class SinkWriter : TextWriter
    {
        private readonly OutputSink _sink;
        private readonly string _name;

        public SinkWriter(OutputSink sink, string name)
            : base(System.Globalization.CultureInfo.InvariantCulture)
        {
            (_sink, _name) = (sink, name);
            CoreNewLine = ['\n'];
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

        public override void Write(string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                _sink.Send(new StreamOutput(_name, value));
            }
        }

        // In one piece, so that a line of one thread is not torn by another's.
        public override void WriteLine(string? value) => Write(value + "\n");
    }
}
