namespace Workbook.Kernelspecs;

/// <summary>A kernel cannot be installed or removed.</summary>
public sealed class KernelspecException(string message) : Exception(message);
