namespace Workbook.Notebooks;

/// <summary>A file is not a notebook that this program can run. The message names the file and says what to do.</summary>
public sealed class NotebookFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The file, what is wrong with it, and what to do.</param>
    /// <param name="cause">What the parser said, if it said anything.</param>
    public NotebookFormatException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
