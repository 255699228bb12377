namespace Workbook.Commands;

/// <summary>What the program answers its caller with.</summary>
public static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>A cell failed.</summary>
    public const int CellFailed = 1;

    /// <summary>The command line, or a file it names, is wrong; nothing ran.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C, as shells number it.</summary>
    public const int Stopped = 130;
}
