namespace Workbook.Kernel;

/// <summary>The channels on which messages travel.</summary>
internal enum KernelChannel
{
    /// <summary>Requests, answered in order.</summary>
    Shell,

    /// <summary>Requests that do not wait for a running cell.</summary>
    Control,

    /// <summary>Questions to the reader, and their answers.</summary>
    Stdin,

    /// <summary>To all clients.</summary>
    IOPub,
}
