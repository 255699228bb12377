namespace Workbook.Messaging;

/// <summary>The TCP ports of a kernel's channels.</summary>
/// <param name="Shell">Requests to run and to look at code, answered in order.</param>
/// <param name="Control">Requests that do not wait for a running cell.</param>
/// <param name="IOPub">What all clients see: outputs and the kernel's state.</param>
/// <param name="Stdin">Questions to the reader.</param>
/// <param name="Heartbeat">Echoes what it receives, as a sign of life.</param>
public sealed record ChannelPorts(int Shell, int Control, int IOPub, int Stdin, int Heartbeat);
