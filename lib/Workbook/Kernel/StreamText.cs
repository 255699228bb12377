using System.Text;

namespace Workbook.Kernel;

/// <summary>Console text on its way to the clients: many small writes become few messages, and none waits long.</summary>
/// <param name="send">Takes a stream's name and text.</param>
internal sealed class StreamText(Action<string, string> send)
{
    private const int MaxHeld = 1 << 16;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(40);

    private readonly Lock _writing = new();
    private readonly StringBuilder _text = new();
    private string _name = "";

    /// <summary>
    /// Takes back what has been written to the standard output since the last end of a line and is not yet sent: a client shows the
    /// prompt of a question by itself. What is before it is sent.
    /// </summary>
    public string TakeUnfinishedLine()
    {
        lock (_writing)
        {
            var text = _text.ToString();
            var line = _name == "stdout" ? text[(text.LastIndexOf('\n') + 1)..] : "";
            _text.Length -= line.Length;
            FlushHeld();
            return line;
        }
    }

    /// <summary>Adds text.</summary>
    public void Write(string name, string text)
    {
        lock (_writing)
        {
            if (name != _name)
            {
                FlushHeld();
                _name = name;
            }
            if (_text.Length == 0)
            {
                FlushSoon();
            }
            _text.Append(text);
            if (_text.Length > MaxHeld)
            {
                FlushHeld();
            }
        }
    }

    /// <summary>Sends what is held.</summary>
    public void Flush()
    {
        lock (_writing)
        {
            FlushHeld();
        }
    }

    private void FlushHeld()
    {
        if (_text.Length > 0)
        {
            send(_name, _text.ToString());
            _text.Clear();
        }
    }

    private void FlushSoon()
    {
        // The delay is the kernel's and not the cell's: it must not carry the cell's context.
        using var _ = ExecutionContext.SuppressFlow();
        Task.Delay(Wait).ContinueWith(_ => Flush(), TaskScheduler.Default);
    }
}
