namespace SingleShot.Cli;

/// <summary>The exit codes of the program.</summary>
public static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>Something could not be done, or data are not healthy; what could be done is done.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or a file that it names, is wrong; nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C, as shells number it; what was done is kept.</summary>
    public const int Stopped = 130;
}
