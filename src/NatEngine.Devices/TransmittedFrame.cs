using System;

namespace NatEngine.Devices;

/// <summary>A copy of a frame that a <see cref="MemoryDevice"/> was given to transmit.</summary>
/// <param name="Header">The frame's virtio header.</param>
/// <param name="Octets">The frame's octets, Ethernet header first.</param>
public sealed record TransmittedFrame(VirtioNetHeader Header, ReadOnlyMemory<byte> Octets);
