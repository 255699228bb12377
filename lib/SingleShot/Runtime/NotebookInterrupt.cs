namespace SingleShot.Runtime;

/// <summary>The request of a notebook's user that the running cell stop.</summary>
public static class NotebookInterrupt
{
    /// <summary>
    /// The running cell's token, which the notebook's host keeps in the <see cref="AppContext"/> entry <c>Notebook.Interrupt</c>; one
    /// that never fires where no host does.
    /// </summary>
    public static CancellationToken Token => AppContext.GetData("Notebook.Interrupt") is CancellationToken token ? token : default;
}
