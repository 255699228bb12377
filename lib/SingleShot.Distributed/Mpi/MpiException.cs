namespace SingleShot.Distributed.Mpi;

/// <summary>MPI is missing on this machine, is not the one that started the program, or has failed.</summary>
/// <param name="message">What it is, and what to do.</param>
public sealed class MpiException(string message) : Exception(message);
